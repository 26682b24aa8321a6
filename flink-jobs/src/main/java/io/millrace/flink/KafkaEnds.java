/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.flink.control.ControlLog;
import io.millrace.flink.control.KafkaControlLog;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.sink.OutcomeSink;
import io.millrace.flink.source.EventSource;
import io.millrace.flink.type.DecodedSerializer;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.schema.Decoded;
import io.millrace.schema.OutputRecord;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Kafka at both ends. */
public final class KafkaEnds implements Ends {

    private final InferencePlan plan;
    private final boolean toEnd;

    /**
     * @param toEnd whether to stop at the offsets that are the topics' end when the job starts
     */
    public KafkaEnds(InferencePlan plan, boolean toEnd) {
        this.plan = plan;
        this.toEnd = toEnd;
    }

    @Override
    public DataStream<Decoded> source(StreamExecutionEnvironment environment, int stream) {
        StreamSpec spec = plan.spec().streams().get(stream);
        String id = OperatorIds.source(spec.name());
        return environment
                .fromSource(
                        EventSource.of(plan, stream, toEnd), EventSource.watermarks(spec), id, DecodedSerializer.TYPE)
                .uid(id);
    }

    @Override
    public ControlLog.Factory controlLog() {
        return KafkaControlLog.of(plan.spec());
    }

    @Override
    public void sink(DataStream<OutputRecord> records, String branch) {
        String id = OperatorIds.sink(branch);
        records.sinkTo(OutcomeSink.of(plan.spec(), branch)).name(id).uid(id);
    }
}

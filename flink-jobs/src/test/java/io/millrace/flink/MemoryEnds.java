/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.flink.control.ControlLog;
import io.millrace.flink.control.MemoryControlLog;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.source.EventSource;
import io.millrace.flink.type.DecodedSerializer;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.schema.Decoded;
import io.millrace.schema.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A feed in front, a list behind. One job at a time: what left is in a place of the JVM that its tasks share. */
final class MemoryEnds implements Ends {

    private static final Queue<OutputRecord> LEFT = new ConcurrentLinkedQueue<>();

    private static final Set<String> FROM_THE_FEED = Set.of(
            "payments.predictions", "payments.dead-letters", "payments.late", "payments.signals", "payments.alerts");

    /** Headers that hold the time of processing, which is no function of the feed. */
    private static final Set<String> CLOCKS = Set.of("millrace.scored_at", "millrace.dlq.at");

    private final InferencePlan plan;
    private final PaymentFeed feed;
    private final long interleaving;
    private final PartitionedSource.Failure failure;

    MemoryEnds(InferencePlan plan, PaymentFeed feed, long interleaving, PartitionedSource.Failure failure) {
        this.plan = plan;
        this.feed = feed;
        this.interleaving = interleaving;
        this.failure = failure;
        PartitionedSource.Failure.DUE.set(failure == PartitionedSource.Failure.ONCE);
        LEFT.clear();
    }

    /** The records that left since the last ends were made; not those in which the job speaks of its models. */
    static List<OutputRecord> left() {
        return LEFT.stream()
                .filter(record -> FROM_THE_FEED.contains(record.topic()))
                .toList();
    }

    /** Every byte of a record but the clock's. */
    static String text(OutputRecord record) {
        String headers = Arrays.stream(record.headers())
                .filter(header -> !CLOCKS.contains(header.name()))
                .map(MemoryEnds::text)
                .collect(Collectors.joining(" "));
        return record.topic() + ' ' + hex(record.key()) + ' ' + hex(record.value()) + ' ' + headers;
    }

    /** Where the record came from that this is the outcome of: topic, partition and offset, or a prediction's event. */
    static String origin(OutputRecord record) {
        Map<String, String> headers = Arrays.stream(record.headers())
                .collect(Collectors.toMap(
                        header -> header.name().replaceFirst("millrace\\.(dlq|late)\\.", ""),
                        header -> new String(header.value(), StandardCharsets.UTF_8)));
        String prediction = headers.get("ce_id");
        return prediction == null
                ? headers.get("topic") + ' ' + headers.get("partition") + '-' + headers.get("offset")
                : "payments " + prediction.substring(1, prediction.indexOf('@'));
    }

    private static String text(RawHeader header) {
        return header.name() + '=' + hex(header.value());
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
    }

    @Override
    public DataStream<Decoded> source(StreamExecutionEnvironment environment, int stream) {
        StreamSpec spec = plan.spec().streams().get(stream);
        boolean first = stream == plan.scored();
        return environment
                .fromSource(
                        new PartitionedSource(
                                plan, stream, feed, interleaving, first ? failure : PartitionedSource.Failure.NEVER),
                        EventSource.watermarks(spec),
                        spec.name(),
                        DecodedSerializer.TYPE)
                .uid(OperatorIds.source(spec.name()));
    }

    @Override
    public ControlLog.Factory controlLog() {
        return MemoryControlLog.create();
    }

    @Override
    public void sink(DataStream<OutputRecord> records, String branch) {
        records.sinkTo(new MemorySink()).uid(OperatorIds.sink(branch));
    }

    /** Keeps what it is given. */
    private static final class MemorySink implements Sink<OutputRecord> {

        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<OutputRecord> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(OutputRecord record, Context context) {
                    LEFT.add(record);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}

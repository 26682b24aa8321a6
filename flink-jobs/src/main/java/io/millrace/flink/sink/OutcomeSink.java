/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.schema.OutputRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/** The Kafka sink of one branch of the topology: one transaction per checkpoint for all topics that it writes. */
public final class OutcomeSink {

    private OutcomeSink() {}

    /**
     * @param branch tells the transactional ids of this sink from those of the pipeline's other sinks
     */
    public static Sink<OutputRecord> of(PipelineSpec spec, String branch) {
        KafkaSinkBuilder<OutputRecord> builder = KafkaSink.<OutputRecord>builder()
                .setKafkaProducerConfig(ProducerProfile.of(spec))
                .setRecordSerializer(new OutputRecordSchema(spec.outputs().outcomes()));
        if (spec.outputs().delivery() == Delivery.EXACTLY_ONCE) {
            builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix("millrace-" + spec.name() + '-' + branch)
                    .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
        } else {
            builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        return new ClosedKafkaSink(builder.build());
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.plan.InferencePlan;
import java.util.Objects;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The graph on Kafka, not run: by its uids a savepoint finds its state again. */
class TopologyShapeTest {

    private final InferencePlan plan = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);

    @Test
    void operatorsKeepTheirUids() {
        assertThat(graph(plan).getStreamNodes().stream()
                        .map(StreamNode::getTransformationUID)
                        .filter(Objects::nonNull))
                .containsExactlyInAnyOrder(
                        "source-payments",
                        "source-reports",
                        "admission-payments",
                        "admission-reports",
                        "route-payments-by-customer",
                        "feature-by-customer",
                        "route-payments-by-shop",
                        "route-reports-by-shop",
                        "feature-by-shop",
                        "score",
                        "monitor",
                        "signal",
                        "encode-prediction",
                        "encode-refusal",
                        "sink-prediction",
                        "Sink Committer: sink-prediction",
                        "sink-service",
                        "Sink Committer: sink-service");
    }

    @Test
    void noOperatorIsWithoutAUid() {
        assertThat(graph(plan).getStreamNodes()).allMatch(node -> node.getTransformationUID() != null, "has a uid");
    }

    @Test
    void noRecordCrossesAnEdgeByKryo() {
        assertThat(JobOptions.of(plan.spec()).get(PipelineOptions.GENERIC_TYPES))
                .isFalse();
        assertThat(graph(plan).getStreamNodes())
                .extracting(StreamNode::getTypeSerializerOut)
                .filteredOn(Objects::nonNull)
                .allMatch(serializer -> !(serializer instanceof KryoSerializer), "is not Kryo's");
    }

    private static StreamGraph graph(InferencePlan plan) {
        Configuration options = JobOptions.of(plan.spec());
        options.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(options);
        InferenceTopology.build(environment, plan, new KafkaEnds(plan, false));
        return environment.getStreamGraph();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.ModelSpec;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.RuntimeSpec;
import io.millrace.pipeline.spec.SignatureSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.TopicSpec;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.OutputLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without a broker: what is assumed when none answers, and what the producer itself refuses. */
class TopicLimitsTest {

    @Test
    void kafkaThatDoesNotAnswerLeavesItsDefaultAndADoubt() throws IOException {
        TopicLimits.Found found = TopicLimits.read(spec(Map.of()));

        assertThat(found.limits()).isEqualTo(OutputLimits.DEFAULT);
        assertThat(found.doubt())
                .matches(
                        "Kafka does not tell how large a record topic 'p\\.[a-z-]+' takes \\(.*\\)\\. Kafka's default is"
                                + " assumed, 1048576 bytes; where the topic takes less, a larger record fails the job\\. Allow"
                                + " DescribeConfigs on it\\.");
    }

    @Test
    void producerThatTakesLessThanKafkasDefaultCounts() throws IOException {
        assertThat(TopicLimits.read(spec(Map.of("max.request.size", "50000"))).limits())
                .isEqualTo(OutputLimits.of(50_000));
    }

    @Test
    void producerThatTakesMoreDoesNotRaiseWhatIsAssumedOfTheTopics() throws IOException {
        assertThat(TopicLimits.read(spec(Map.of("max.request.size", "5000000"))).limits())
                .isEqualTo(OutputLimits.DEFAULT);
    }

    @Test
    void addressThatIsNoneLeavesTheDefaultAndADoubt() throws IOException {
        TopicLimits.Found found = TopicLimits.read(spec(Map.of("bootstrap.servers", "nowhere.invalid:9092")));

        assertThat(found.limits()).isEqualTo(OutputLimits.DEFAULT);
        assertThat(found.doubt()).startsWith("Kafka does not tell how large a record topic 'p.predictions' takes (");
    }

    @Test
    void producerThatTakesTooLittleForARefusalIsRefused() {
        assertThatThrownBy(() -> TopicLimits.read(spec(Map.of("max.request.size", "4000"))))
                .isInstanceOf(PipelineException.class)
                .hasMessage("the producer takes 4000 bytes (max.request.size), and what is refused needs room for its"
                        + " reasons: 16384 bytes in all. Raise it.");
    }

    /** A pipeline whose Kafka is a port where nobody listens. */
    private static PipelineSpec spec(Map<String, String> more) throws IOException {
        Map<String, String> kafka = new HashMap<>();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            kafka.put("bootstrap.servers", "127.0.0.1:" + free.getLocalPort());
        }
        kafka.put("default.api.timeout.ms", "300");
        kafka.put("request.timeout.ms", "200");
        kafka.putAll(more);
        EventTimeSpec time = new EventTimeSpec(
                "at", Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5));
        return new PipelineSpec(
                "p",
                List.of(new StreamSpec("s", "s", "s.avsc", WireFormat.BINARY, null, time)),
                "s",
                Order.ARRIVAL,
                List.of(new FeatureSpec.Value("f", "amount", null)),
                List.of("f"),
                new ModelSpec(
                        "m",
                        "champion",
                        "file:models",
                        Duration.ofMinutes(5),
                        1,
                        Duration.ZERO,
                        null,
                        Duration.ofSeconds(30),
                        null,
                        null,
                        null,
                        SignatureSpec.OFF),
                null,
                null,
                List.of(),
                null,
                new OutputSpec("p", Delivery.EXACTLY_ONCE, WireFormat.SINGLE_OBJECT, true, List.of()),
                new TopicSpec(1, 1, null),
                new RuntimeSpec(1, Duration.ofSeconds(1), RuntimeSpec.StateBackend.HASHMAP, null, Map.of()),
                kafka);
    }
}

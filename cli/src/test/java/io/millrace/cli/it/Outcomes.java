/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.topic.TopicReader;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.schema.Contracts;
import io.millrace.schema.text.RecordText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a reader of committed records sees on the output topics, by the record that each outcome answers. */
final class Outcomes implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final OutputSpec outputs;
    private final TopicReader reader;
    private final Map<SourcePosition, List<Outcome>> byInput = new HashMap<>();
    private final List<Outcome> inOrder = new ArrayList<>();

    /** What may become of a record. */
    enum Kind {
        PREDICTION,
        DEAD_LETTER,
        LATE
    }

    /**
     * One outcome.
     *
     * @param record as it lies on the output topic
     */
    record Outcome(Kind kind, ConsumerRecord<byte[], byte[]> record) {

        GenericRecord prediction() {
            return Objects.requireNonNull(RecordText.read(record.value(), Contracts.prediction(), true));
        }

        String header(String name) {
            return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
        }
    }

    /** A reader at the beginning of the output topics. */
    Outcomes(InferencePlan plan) {
        outputs = plan.spec().outputs();
        reader = new TopicReader(plan.spec().kafka());
        reader.at(List.of(outputs.predictions(), outputs.deadLetters(), outputs.late()), false);
    }

    /** Takes in what was committed meanwhile; waits a moment when there is nothing. */
    void readOn() {
        reader.next(this::take);
    }

    /** Takes in what is committed until there is so much. */
    void await(int count) throws Exception {
        Await.until(count + " outcomes committed", LIMIT, () -> {
            readOn();
            return count() >= count;
        });
    }

    /** Takes in everything that is committed now. */
    void readToEnd() {
        reader.toEnd(this::take);
    }

    /** How many outcomes were seen, duplicates included. */
    int count() {
        return inOrder.size();
    }

    Map<SourcePosition, List<Outcome>> byInput() {
        return byInput;
    }

    /** Whether the predictions of each key stand in the order of their event times. */
    void checkOrder() {
        Map<String, Long> latest = new HashMap<>();
        for (Outcome outcome : inOrder) {
            if (outcome.kind() == Kind.PREDICTION) {
                long time = (long) outcome.prediction().get("event_time");
                String key = new String(outcome.record().key(), StandardCharsets.UTF_8);
                assertThat(latest.getOrDefault(key, time))
                        .as(
                                "event time before offset %d of key %s",
                                outcome.record().offset(), key)
                        .isLessThanOrEqualTo(time);
                latest.put(key, time);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Outcome outcome = new Outcome(kind(record.topic()), record);
        byInput.computeIfAbsent(input(outcome), absent -> new ArrayList<>(1)).add(outcome);
        inOrder.add(outcome);
    }

    private Kind kind(String topic) {
        if (topic.equals(outputs.predictions())) {
            return Kind.PREDICTION;
        }
        return topic.equals(outputs.late()) ? Kind.LATE : Kind.DEAD_LETTER;
    }

    private static SourcePosition input(Outcome outcome) {
        if (outcome.kind() == Kind.PREDICTION) {
            GenericRecord source = (GenericRecord) outcome.prediction().get("source");
            return new SourcePosition(
                    source.get("topic").toString(), (int) source.get("partition"), (long) source.get("offset"));
        }
        String prefix = outcome.kind() == Kind.LATE ? "millrace.late." : "millrace.dlq.";
        return new SourcePosition(
                outcome.header(prefix + "topic"),
                Integer.parseInt(outcome.header(prefix + "partition")),
                Long.parseLong(outcome.header(prefix + "offset")));
    }

    @Override
    public void close() {
        reader.close();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Flag;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.TopicSpec;
import io.millrace.pipeline.spec.WireFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code outputs} and {@code topics}: what is written, with which guarantee, and how topics are made. */
final class OutputReader {

    private static final Key<String> PREFIX = Key.optional(
            "prefix",
            Names.PREFIX,
            "the pipeline's name",
            "topics are `<prefix>.predictions`, `.signals`, `.dead-letters` and `.late`");
    private static final Key<Delivery> DELIVERY = Key.withDefault(
            "delivery",
            Choice.of("exactly_once", Delivery.EXACTLY_ONCE).or("at_least_once", Delivery.AT_LEAST_ONCE),
            Delivery.EXACTLY_ONCE,
            "how often an outcome may be visible to a `read_committed` reader; `at_least_once` has the lower latency");
    private static final Key<WireFormat> ENCODING = Key.withDefault(
            "encoding",
            Choice.of("single_object", WireFormat.SINGLE_OBJECT)
                    .or("binary", WireFormat.BINARY)
                    .orNotBuilt("confluent", "outputs that register their schemas", "encoding"),
            WireFormat.SINGLE_OBJECT,
            "how a result stands in the record's value");
    private static final Key<Boolean> FEATURES = Key.withDefault(
            "features", Flag.ANY, true, "whether a prediction carries the feature vector that it was made from");
    private static final Key<List<String>> CARRY = Key.withDefault(
            "carry",
            new ListOf<>("a list of fields", Names.FIELD, 0),
            List.of(),
            "event fields that travel with the prediction");

    static final Section<Outputs> OUTPUTS = new Section<>(
            "the outputs",
            "What is written, and with which guarantee",
            List.of(PREFIX, DELIVERY, ENCODING, FEATURES, CARRY),
            OutputReader::outputs);

    private static final Key<Integer> PARTITIONS = Key.withDefault(
            "partitions", new Whole(1, 100_000), TopicSpec.DEFAULT_PARTITIONS, "partitions of a new topic");
    private static final Key<Integer> REPLICATION =
            Key.withDefault("replication", new Whole(1, 100), TopicSpec.DEFAULT_REPLICATION, "replicas of a new topic");
    private static final Key<Duration> RETENTION = Key.optional(
            "retention", TimeSpan.POSITIVE, "the broker's default", "how long a new topic keeps its records");

    static final Section<TopicSpec> TOPICS = new Section<>(
            "the topics",
            "How topics that are missing are made",
            List.of(PARTITIONS, REPLICATION, RETENTION, Key.notBuilt("compaction", "compacted topics")),
            values -> new TopicSpec(values.get(PARTITIONS), values.get(REPLICATION), values.find(RETENTION)));

    private OutputReader() {}

    private static Outputs outputs(Section.Values values) {
        return new Outputs(
                values.find(PREFIX),
                values.get(DELIVERY),
                values.get(ENCODING),
                values.get(FEATURES),
                values.get(CARRY));
    }

    /** What the section says before the pipeline's name is known. */
    record Outputs(
            @Nullable String prefix, Delivery delivery, WireFormat encoding, boolean features, List<String> carry) {

        OutputSpec under(String actualPrefix) {
            return new OutputSpec(actualPrefix, delivery, encoding, features, carry);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Text;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.ModelChoiceSpec;
import io.millrace.pipeline.spec.ModelSpec;
import io.millrace.pipeline.spec.SignatureSpec;
import io.millrace.pipeline.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code model}: which model scores, and how. */
final class ModelReader {

    private static final Key<String> NAME = Key.required("name", Names.MODEL, "the model's name in the store");
    private static final Key<String> USE = Key.withDefault(
            "use", Names.MODEL.orLiteral(), ModelSpec.DEFAULT_USE, "an alias or an exact version in the store");
    private static final Key<String> STORE = Key.withDefault(
            "store",
            Text.of(
                    "a URI",
                    "file:.+|(?!file:)[a-z][a-z0-9+.-]*:/\\S+",
                    "Write one such as file:models, beside this file, or s3://bucket/models."),
            ModelSpec.DEFAULT_STORE,
            "where the models are: `file:`, relative to the pipeline file, or any file system of Flink");
    private static final Key<Duration> WAIT = Key.withDefault(
            "wait", TimeSpan.ANY, ModelSpec.DEFAULT_WAIT, "how long a start waits for the alias to resolve");

    private static final Key<Integer> MAX_SIZE = Key.withDefault(
            "max_size", new Whole(1, 65_536), ModelSpec.DEFAULT_MAX_BATCH, "the most events in one batch");
    private static final Key<Duration> MAX_WAIT = Key.withDefault(
            "max_wait",
            TimeSpan.ANY,
            ModelSpec.DEFAULT_MAX_BATCH_WAIT,
            "the most that batching may add to an event's latency");
    private static final Key<Batch> BATCH = Key.withDefaults(
            "batch",
            new Section<>(
                    "a batch",
                    "How events are gathered for the network",
                    List.of(MAX_SIZE, MAX_WAIT),
                    values -> new Batch(values.get(MAX_SIZE), values.get(MAX_WAIT))),
            "how events are gathered for the network");

    private static final Key<String> POSITIVE_WHEN =
            Key.required("positive_when", Names.EXPRESSION, "an expression over `score`");
    private static final Key<String> DECIDE = Key.optional(
            "decide",
            new Section<>(
                    "a decision",
                    "When a score is positive",
                    List.of(POSITIVE_WHEN),
                    values -> values.get(POSITIVE_WHEN)),
            "the model's own threshold",
            "when a score is positive");

    private static final Key<Duration> FENCE_TIMEOUT = Key.withDefault(
            "fence_timeout",
            TimeSpan.ANY,
            ModelSpec.DEFAULT_FENCE_TIMEOUT,
            "how long events may be held for the decision on a change of models");

    private static final Key<String> CANARY_BY =
            Key.required("by", Names.FIELD, "the field whose value chooses the arm");
    private static final Key<String> CANARY = Key.optional(
            "canary",
            new Section<>(
                    "a canary", "Which events a canary gets", List.of(CANARY_BY), values -> values.get(CANARY_BY)),
            "the event's id chooses",
            "which events a canary gets");

    private static final Key<Integer> TOP = Key.optional(
            "top",
            new Whole(1, 1_000),
            Integer.toString(ModelSpec.DEFAULT_TOP),
            "of a ranking model: how many items, best first, travel with a prediction");

    private static final Key<String> BY_FIELD =
            Key.required("field", Names.FIELD, "the field of the scored stream whose value chooses");
    private static final Key<Integer> MAX_LOADED = Key.withDefault(
            "max_loaded",
            new Whole(2, 10_000),
            ModelChoiceSpec.DEFAULT_MAX_LOADED,
            "the most versions that a subtask keeps loaded; the longest unused goes first");
    private static final Key<Integer> MAX_MEGABYTES = Key.optional(
            "max_megabytes",
            new Whole(1, 1 << 20),
            "no limit",
            "the most MiB that the weights of loaded versions take in a subtask, beside the two that were used last");
    private static final Key<ModelChoiceSpec> BY = Key.optional(
            "by",
            new Section<>(
                    "a choice of models",
                    "Several models: the value `DE` is scored by model `<name>.DE` where the store has it, all else by"
                            + " `<name>`",
                    List.of(BY_FIELD, MAX_LOADED, MAX_MEGABYTES),
                    values -> new ModelChoiceSpec(
                            values.get(BY_FIELD), values.get(MAX_LOADED), values.find(MAX_MEGABYTES))),
            "one model scores everything",
            "several models, chosen by a field");

    private static final Key<SignatureSpec.Mode> SIGNATURE_MODE = Key.required(
            "mode",
            Choice.of("require", SignatureSpec.Mode.REQUIRE)
                    .or("warn", SignatureSpec.Mode.WARN)
                    .or("off", SignatureSpec.Mode.OFF),
            "`require` refuses a bundle that no key here signed, `warn` takes it and logs why not, `off` does not look");
    private static final Key<List<String>> KEYS = Key.withDefault(
            "keys",
            new ListOf<>("a list of files", Text.of("a file such as file:keys/release.pem", "file:.+", ""), 1),
            List.of(),
            "public keys whose signatures count: PEM files, relative to the pipeline file");
    private static final Key<SignatureSpec> SIGNATURE = Key.optional(
            "signature",
            new Section<>(
                    "a signature",
                    "Who must have signed the bundles that score",
                    List.of(SIGNATURE_MODE, KEYS),
                    ModelReader::signature),
            "signatures are not looked at",
            "who must have signed the bundles that score");

    static final Section<ModelSpec> MODEL = new Section<>(
            "a model",
            "Which model scores, and how",
            List.of(
                    NAME,
                    USE,
                    STORE,
                    WAIT,
                    BATCH,
                    DECIDE,
                    FENCE_TIMEOUT,
                    CANARY,
                    TOP,
                    BY,
                    SIGNATURE,
                    Key.notBuilt("candidates", "ranked candidates"),
                    Key.notBuilt("rollout", "rollouts")),
            ModelReader::model);

    private ModelReader() {}

    private static ModelSpec model(Section.Values values) {
        Batch batch = values.get(BATCH);
        SignatureSpec signature = values.find(SIGNATURE);
        return new ModelSpec(
                values.get(NAME),
                values.get(USE),
                values.get(STORE),
                values.get(WAIT),
                batch.maxSize(),
                batch.maxWait(),
                values.find(DECIDE),
                values.get(FENCE_TIMEOUT),
                values.find(CANARY),
                values.find(TOP),
                values.find(BY),
                signature == null ? SignatureSpec.OFF : signature);
    }

    private static @Nullable SignatureSpec signature(Section.Values values) {
        SignatureSpec signature = new SignatureSpec(values.get(SIGNATURE_MODE), values.get(KEYS));
        boolean absent = values.node(KEYS) instanceof YamlNode.Mapping;
        if (signature.mode() != SignatureSpec.Mode.OFF && absent) {
            values.reading()
                    .refuse(
                            values.node(SIGNATURE_MODE),
                            SIGNATURE_MODE.type().write(signature.mode())
                                    + " needs at least one key, found none. Name the public key: keys:"
                                    + " [file:keys/release.pem].");
            return null;
        }
        return signature;
    }

    private record Batch(int maxSize, Duration maxWait) {}
}

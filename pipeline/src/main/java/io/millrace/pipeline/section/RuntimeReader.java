/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Text;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.RuntimeSpec;
import io.millrace.pipeline.spec.RuntimeSpec.StateBackend;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code runtime}: how the job runs. */
final class RuntimeReader {

    /** Flink's largest maximum parallelism. */
    private static final int MOST_PARALLEL = 32_768;

    /** Flink refuses shorter checkpoint intervals. */
    private static final Duration SHORTEST_CHECKPOINT_INTERVAL = Duration.ofMillis(10);

    private static final Key<Integer> PARALLELISM = Key.withDefault(
            "parallelism", new Whole(1, MOST_PARALLEL), RuntimeSpec.DEFAULT_PARALLELISM, "subtasks of each operator");
    static final Key<Duration> CHECKPOINT_EVERY = Key.withDefault(
            "checkpoint_every",
            new TimeSpan(SHORTEST_CHECKPOINT_INTERVAL),
            RuntimeSpec.DEFAULT_CHECKPOINT_EVERY,
            "the interval between checkpoints; under `exactly_once`, results become visible with them");
    private static final Key<StateBackend> STATE = Key.withDefault(
            "state",
            Choice.of("hashmap", StateBackend.HASHMAP).or("rocksdb", StateBackend.ROCKSDB),
            StateBackend.HASHMAP,
            "where keyed state lives");
    private static final Key<String> CHECKPOINTS = Key.optional(
            "checkpoints",
            Text.of(
                    "a URI",
                    "[a-z][a-z0-9+.-]*:\\S+",
                    "Write one such as file:state/checkpoints or s3://bucket/checkpoints."),
            "the cluster's own setting",
            "where checkpoints go, a URI");
    private static final Key<Map<String, String>> FLINK = Key.withDefault(
            "flink",
            new PassThrough(
                    "Flink option",
                    UnaryOperator.identity(),
                    List.of(PassThrough.Rule.reserved(reserved()), Secrets::objection)),
            Map.of(),
            "Flink options under Flink's names; secrets only as `${VAR}`");

    static final Section<RuntimeSpec> RUNTIME = new Section<>(
            "the runtime",
            "How the job runs",
            List.of(PARALLELISM, CHECKPOINT_EVERY, STATE, CHECKPOINTS, FLINK),
            RuntimeReader::runtime);

    private RuntimeReader() {}

    private static Map<String, String> reserved() {
        Map<String, String> reserved = new LinkedHashMap<>();
        reserved.put("parallelism.default", elsewhere("runtime.parallelism"));
        reserved.put("execution.checkpointing.interval", elsewhere("runtime.checkpoint_every"));
        reserved.put("execution.checkpointing.dir", elsewhere("runtime.checkpoints"));
        reserved.put("state.checkpoints.dir", elsewhere("runtime.checkpoints"));
        reserved.put("execution.checkpointing.mode", elsewhere("outputs.delivery"));
        reserved.put("state.backend.type", elsewhere("runtime.state"));
        reserved.put("state.backend", elsewhere("runtime.state"));
        reserved.put("pipeline.name", elsewhere("pipeline"));
        reserved.put("pipeline.generic-types", "Millrace sets it to false. Remove it.");
        reserved.put("pipeline.object-reuse", "Millrace sets it to true. Remove it.");
        return reserved;
    }

    private static String elsewhere(String key) {
        return "it has a key of its own. Set " + key + " instead.";
    }

    private static RuntimeSpec runtime(Section.Values values) {
        return new RuntimeSpec(
                values.get(PARALLELISM),
                values.get(CHECKPOINT_EVERY),
                values.get(STATE),
                values.find(CHECKPOINTS),
                values.get(FLINK));
    }
}

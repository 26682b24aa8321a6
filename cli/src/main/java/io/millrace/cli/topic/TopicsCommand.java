/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.pipeline.spec.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace topics}: which topics a pipeline needs, which are missing, and make them. */
@Command(
        name = "topics",
        description = "List the topics that a pipeline reads and writes, and make those that are missing.")
public final class TopicsCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final PipelineArgument pipeline = new PipelineArgument();

    @Option(names = "--create", description = "Make the topics that are missing.")
    private boolean create;

    @Override
    public Integer call() {
        PipelineSpec spec = pipeline.readWhole().spec();
        try (TopicAdmin admin = new TopicAdmin(spec.kafka())) {
            Set<String> missing = PipelineTopics.missing(spec, admin);
            if (create) {
                PipelineTopics.create(spec, missing, admin);
            }
            report(spec, missing);
            return create || missing.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void report(PipelineSpec spec, Set<String> missing) {
        Map<String, String> states = new LinkedHashMap<>();
        for (String topic : PipelineTopics.all(spec)) {
            states.put(topic, !missing.contains(topic) ? "there" : create ? "made" : "missing");
        }
        if (output.json()) {
            output.printJson(states);
            return;
        }
        states.forEach((topic, state) -> output.out().printf("%-8s %s%n", state, topic));
        if (!create && !missing.isEmpty()) {
            output.say("Make them: millrace topics --create " + pipeline.file());
        }
    }
}

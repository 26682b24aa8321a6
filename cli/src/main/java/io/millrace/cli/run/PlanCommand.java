/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.topic.PipelineTopics;
import io.millrace.flink.plan.InferencePlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace plan}: what would run? */
@Command(
        name = "plan",
        description =
                "Resolve a pipeline against its schemas and its model, and print what would run, or every problem.")
public final class PlanCommand implements Callable<Integer> {

    /** A plan is about the file: a Kafka that does not answer only costs a line of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final PipelineArgument pipeline = new PipelineArgument();

    @Override
    public Integer call() {
        InferencePlan plan = pipeline.plan();
        PlanReport report = new PlanReport(plan);
        if (output.json()) {
            output.printJson(report.asMap());
        } else {
            output.out().print(report.asText());
            output.out().flush();
            if (!output.quiet()) {
                warnOfMissingTopics(plan);
            }
        }
        return ExitCode.DONE;
    }

    private void warnOfMissingTopics(InferencePlan plan) {
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka(), PATIENCE)) {
            var missing = PipelineTopics.missing(plan.spec(), admin);
            output.say(
                    missing.isEmpty()
                            ? "topics       all there"
                            : "topics       missing: " + String.join(", ", missing)
                                    + ". Make them: millrace topics --create " + pipeline.file());
        } catch (CommandException unreachable) {
            output.say(
                    "topics       not looked at: " + plan.spec().kafka().get("bootstrap.servers") + " does not answer");
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.topic.PipelineTopics;
import io.millrace.flink.plan.InferencePlan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace run}: a pipeline on a Flink cluster inside this process. */
@Command(
        name = "run",
        description =
                "Run a pipeline on a Flink cluster in this process, against the Kafka that the file names. To deploy"
                        + " on a cluster of your own, submit the job jar instead.")
public final class RunCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final PipelineArgument pipeline = new PipelineArgument();

    @Option(names = "--to-end", description = "Stop when what is the input's end now has been processed.")
    private boolean toEnd;

    @Option(
            names = "--local",
            description = "Start a Kafka broker in this process too, on --port, and make the topics.")
    private boolean local;

    @Option(names = "--port", defaultValue = "9092", description = "Port of the --local broker (default: 9092).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep broker data and checkpoints there. A run that finds a checkpoint there goes on from it."
                    + " Default: temporary, dropped at the end.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        InferencePlan plan = pipeline.plan();
        try (WorkDirectory directory = WorkDirectory.of(data)) {
            if (!local) {
                return run(plan, directory);
            }
            try (EmbeddedBroker broker = EmbeddedBroker.start(directory.path().resolve("kafka"), port)) {
                Map<String, String> kafka = new HashMap<>(plan.spec().kafka());
                kafka.put("bootstrap.servers", broker.bootstrapServers());
                output.say("kafka        " + broker.bootstrapServers());
                return run(plan.withKafka(kafka), directory);
            }
        }
    }

    private int run(InferencePlan plan, WorkDirectory directory) throws Exception {
        checkTopics(plan);
        try (PipelineRun run = PipelineRun.start(plan, directory.path().resolve("flink"), toEnd)) {
            output.say(new PlanReport(plan).asText()
                    + (run.resumedFrom() == null ? "" : "resumed      " + run.resumedFrom() + '\n')
                    + (run.doubt() == null ? "" : "note         " + run.doubt() + '\n')
                    + "running      Ctrl-C stops it; a run with --data goes on where this one ends");
            RunResult result = run.awaitEnd();
            if (output.json()) {
                output.printJson(result.asMap());
            } else {
                output.say(result.asText());
            }
            return ExitCode.DONE;
        }
    }

    private void checkTopics(InferencePlan plan) {
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka())) {
            Set<String> missing = PipelineTopics.missing(plan.spec(), admin);
            if (local) {
                PipelineTopics.create(plan.spec(), missing, admin);
            } else if (!missing.isEmpty()) {
                throw new CommandException(
                        ExitCode.KAFKA,
                        "topics are missing: " + String.join(", ", missing) + ". Make them: millrace topics --create "
                                + pipeline.file());
            }
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.Millrace;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.run.WorkDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace bench}: a first throughput figure, with its limits beside it, in one run. */
@Command(
        name = "millrace bench",
        description =
                "Score the fraud example's payments with our pipeline, copy the same topic with Flink alone, and score the"
                        + " same rows with DL4J alone: interleaved rounds, one process, medians. Only the ratios mean anything.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

    @Option(names = "--events", defaultValue = "300000", description = "Payments in the topic (default: 300000).")
    private int events;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds (default: 3).")
    private int rounds;

    @Option(names = "--json", description = "Print JSON on standard output.")
    private boolean json;

    public static void main(String[] arguments) {
        System.exit(Millrace.execute(new CommandLine(new Bench()), arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path example = Path.of(System.getProperty("millrace.home", "."), "examples", "fraud");
        try (WorkDirectory directory = WorkDirectory.of(null);
                EmbeddedBroker broker = EmbeddedBroker.start(directory.path().resolve("kafka"), 0)) {
            Figures figures = new FraudRounds(example, directory.path(), broker.bootstrapServers(), events).run(rounds);
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("events", events);
                result.put("rounds", rounds);
                result.put("java", System.getProperty("java.version"));
                result.put("cores", Runtime.getRuntime().availableProcessors());
                result.put("per_second", figures.asMap());
                System.out.println(new ObjectMapper().writeValueAsString(result));
            } else {
                System.out.print(figures.table(FraudRounds.PASS_THROUGH));
            }
        }
        return CommandLine.ExitCode.OK;
    }
}

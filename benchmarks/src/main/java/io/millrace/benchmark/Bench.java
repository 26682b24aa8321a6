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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final long PHASE_MILLIS = 20_000;

    @Option(names = "--events", defaultValue = "300000", description = "Payments in the topic (default: 300000).")
    private int events;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds (default: 3).")
    private int rounds;

    @Option(
            names = "--swaps",
            description = "Measure latency instead: the pipeline by turns left alone and given another champion each"
                    + " second, under a steady load.")
    private boolean swaps;

    @Option(names = "--rate", defaultValue = "2000", description = "With --swaps: payments a second (default: 2000).")
    private double rate;

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
            if (swaps) {
                printSwaps(new SwapRounds(example, directory.path(), broker.bootstrapServers(), rate, PHASE_MILLIS)
                        .run(rounds));
                return CommandLine.ExitCode.OK;
            }
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

    private void printSwaps(List<SwapRounds.Latencies> phases) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int phase = 0; phase < phases.size(); phase++) {
            SwapRounds.Latencies latencies = phases.get(phase);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("phase", SwapRounds.isChanging(phase) ? "changing" : "quiet");
            row.put("predictions", latencies.count());
            row.put("versions", latencies.versions());
            row.put("p50_ms", latencies.quantile(0.5));
            row.put("p99_ms", latencies.quantile(0.99));
            row.put("p999_ms", latencies.quantile(0.999));
            row.put("max_ms", latencies.quantile(1));
            rows.add(row);
        }
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(Map.of("phases", rows)));
            return;
        }
        System.out.println(String.join("  ", rows.get(0).keySet()));
        rows.forEach(row -> row.forEach((name, value) -> System.out.print(
                ("%-" + name.length() + "s  ").formatted(value) + (name.equals("max_ms") ? "\n" : ""))));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code train} on the fraud example's sample; every fifth payment is reported, for the sample alone has too few. */
public final class SampleTraining {

    private static final Path SAMPLE = Path.of("..", "examples", "fraud", "sample", "transactions.csv");
    private static final int REPORTED_EACH = 5;

    private SampleTraining() {}

    /** Trains into the store beside a pipeline file. */
    public static Invocation run(Path pipeline, String... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of(
                "train",
                pipeline,
                "--events",
                "transactions=" + SAMPLE,
                "--events",
                "chargebacks=" + chargebacks(pipeline),
                "--positives",
                "chargebacks",
                "--warm-up-days",
                "0",
                "--label-delay-days",
                "0",
                "--epochs",
                "2"));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments.toArray());
    }

    private static Path chargebacks(Path pipeline) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("transaction_id,terminal_id,customer_id,tx_time,fraud,reported_at");
        List<String> payments = Files.readAllLines(SAMPLE);
        for (int i = 1; i < payments.size(); i += REPORTED_EACH) {
            String[] row = payments.get(i).split(",");
            lines.add(String.join(",", row[0], row[2], row[1], row[4], "1", row[4]));
        }
        return Files.write(pipeline.resolveSibling("chargebacks.csv"), lines);
    }
}

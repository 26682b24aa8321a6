/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.train.calibration.CalibrationMethod;
import io.millrace.train.dense.DenseTrainer;
import io.millrace.train.dense.LabelledRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace train}: from files of events to a bundle. */
@Command(
        name = "train",
        description =
                "Replay files of events through a pipeline's features, train a dense network on the rows, and put the"
                        + " bundle into the pipeline's store. An event is positive when an event of the --positives stream has its"
                        + " id.")
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    private Path pipeline = Path.of("");

    @Option(
            names = "--events",
            required = true,
            paramLabel = "STREAM=FILE",
            description = "A stream's events: .csv, .jsonl or .avro, also .gz. Once for each stream.")
    private Map<String, Path> events = Map.of();

    @Option(
            names = "--positives",
            required = true,
            paramLabel = "STREAM",
            description = "The stream whose events name the positives by their id.")
    private String positives = "";

    @Option(names = "--version", required = true, paramLabel = "V", description = "The version it becomes. Immutable.")
    private String version = "";

    @Option(names = "--alias", paramLabel = "ALIAS", description = "Point this alias at it, such as champion.")
    private @Nullable String alias;

    @Option(
            names = "--warm-up-days",
            defaultValue = "37",
            description = "Days at the start whose windows are not full yet: no rows (default: 37).")
    private int warmUpDays;

    @Option(
            names = "--label-delay-days",
            defaultValue = "7",
            description = "Days at the end whose labels are not known yet: no rows (default: 7).")
    private int labelDelayDays;

    @Option(names = "--epochs", defaultValue = "10", description = "Most passes over the rows (default: 10).")
    private int epochs;

    @Option(
            names = "--calibrate",
            defaultValue = "none",
            paramLabel = "METHOD",
            description =
                    "Make scores probabilities: none, platt (few rows) or isotonic (many), found on rows that did not"
                            + " train (default: none).")
    private CalibrationMethod calibration = CalibrationMethod.NONE;

    @Option(names = "--seed", defaultValue = "1", description = "Same rows and seed, same bundle (default: 1).")
    private long seed;

    @Override
    public Integer call() throws Exception {
        FeatureContract contract = PipelineArgument.contract(pipeline);
        TrainingEvents replay = new TrainingEvents(contract, pipeline, events, positives);
        List<LabelledRow> rows = replay.rows(Duration.ofDays(warmUpDays), Duration.ofDays(labelDelayDays));
        output.say("%,d rows, %,d positive; training"
                .formatted(
                        rows.size(), rows.stream().filter(LabelledRow::positive).count()));
        DenseTrainer.Trained trained = train(contract, rows);
        FileModelStore store = contract.store().open();
        ModelVersion published = store.publish(trained.draft());
        if (alias != null) {
            store.alias(published.name(), alias, published.version());
        }
        report(published, trained.metrics());
        return ExitCode.DONE;
    }

    private DenseTrainer.Trained train(FeatureContract contract, List<LabelledRow> rows) {
        try {
            return DenseTrainer.train(new DenseTrainer.Request(
                    contract.model(), version, contract.inputs(), contract.digest(), rows, epochs, calibration, seed));
        } catch (IllegalArgumentException tooFew) {
            throw new CommandException(ExitCode.FAILED, "train: " + tooFew.getMessage());
        }
    }

    private void report(ModelVersion published, Map<String, Double> metrics) {
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", published.name());
            result.put("version", published.version());
            result.put("digest", published.digest());
            result.put("metrics", new TreeMap<>(metrics));
            output.printJson(result);
            return;
        }
        output.say("trained " + published.name() + ' ' + published.version() + (alias == null ? "" : " as " + alias)
                + ", sha256 " + published.digest());
        new TreeMap<>(metrics).forEach((name, value) -> output.say("  %-36s %10.4f".formatted(name, value)));
    }
}

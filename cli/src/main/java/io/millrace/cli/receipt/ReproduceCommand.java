/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.receipt;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.receipt.Verdict;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace reproduce}: is a prediction what its source events, its features and its bundle give? */
@Command(
        name = "reproduce",
        description =
                "Check predictions: read their source events again, recompute the features and the score with the bundle"
                        + " that each names, and print MATCH or the first field that differs.",
        exitCodeListHeading = "%nExit codes, of several predictions the gravest:%n",
        exitCodeList = {
            "0:MATCH: every field that was recorded is reproduced",
            "1:failed: no such prediction",
            "4:BUNDLE_REFUSED: the bundle does not open or does not fit",
            "6:DIFFERS: a field is not what its sources give",
            "7:FEATURES_CHANGED: the pipeline file defines other features than those recorded",
            "8:BUNDLE_CHANGED: the bundle does not have the recorded digest",
            "9:BUNDLE_GONE: the store no longer holds the version",
            "10:SOURCE_GONE: events that it depends on are gone from their topics",
            "11:NOT_PROMISED: it differs where the order of arrival decides"
        })
public final class ReproduceCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final PipelineArgument pipeline = new PipelineArgument();

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Draws the sample: the same seed draws the same predictions (default: 1).")
    private long seed = 1;

    @Option(
            names = "--max-events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "The most input events to hold in memory (default: 1000000).")
    private int mostEvents = 1_000_000;

    /** Which predictions. */
    static final class Choice {

        @Option(names = "--prediction", paramLabel = "ID", description = "The id of the prediction to check.")
        private @Nullable String id;

        @Option(
                names = "--sample",
                paramLabel = "N",
                description = "Check that many predictions of the topic, drawn at random.")
        private int sample;
    }

    @Override
    public Integer call() {
        FeatureContract contract = pipeline.contract();
        if (choice.id == null && choice.sample < 1) {
            throw new CommandException(
                    ExitCode.USAGE, "--sample: " + choice.sample + " predictions cannot be checked. Give 1 or more.");
        }
        requireTopics(contract.spec());
        long start = System.nanoTime();
        List<Prediction> predictions = predictions(contract.spec());
        try (Reproduction reproduction = new Reproduction(contract, new SourceTopics(contract, mostEvents))) {
            List<Verdict> verdicts = reproduction.verdicts(predictions);
            VerdictReport report = new VerdictReport(verdicts);
            if (choice.id != null) {
                report.each(output);
            } else {
                output.say("checked      " + verdicts.size() + " predictions of "
                        + contract.spec().outputs().predictions() + ", drawn with seed " + seed + ", against "
                        + reproduction.events() + " events, in " + Math.round((System.nanoTime() - start) / 1e8) / 10.0
                        + " s");
                report.summary(output, seed);
            }
            return report.exitCode();
        }
    }

    private List<Prediction> predictions(PipelineSpec spec) {
        PredictionSearch search = new PredictionSearch(spec);
        return choice.id == null ? search.sample(choice.sample, seed) : search.byId(choice.id);
    }

    private static void requireTopics(PipelineSpec spec) {
        try (TopicAdmin admin = new TopicAdmin(spec.kafka())) {
            admin.require(spec.outputs().predictions());
            spec.streams().stream().map(StreamSpec::topic).forEach(admin::require);
        }
    }
}

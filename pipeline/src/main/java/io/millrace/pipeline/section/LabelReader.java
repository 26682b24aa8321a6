/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.grammar.scalar.UsedName;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.LabelSpec;
import io.millrace.pipeline.spec.LateSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import java.time.Duration;
import java.util.List;

/** {@code labels} and {@code monitor.performance}: where the truth comes from, and what is made of it. */
final class LabelReader {

    private static final Key<String> STREAM =
            Key.required("stream", new UsedName(Names.STREAM), "the stream whose events say what was true");
    private static final Key<String> JOIN = Key.required(
            "join", Names.FIELD, "the field that names the scored event, in the scored stream and in the label stream");
    private static final Key<String> FIELD =
            Key.required("field", Names.FIELD, "the label: true or false, or a number, which is positive above 0");
    private static final Key<Duration> HORIZON = Key.required(
            "horizon",
            new TimeSpan(Duration.ofSeconds(1)),
            "how long after an event a label counts for it; what comes later goes to `.late`");
    private static final Key<Boolean> MISSING_MEANS = Key.withDefault(
            "missing_means",
            Choice.of("negative", true).or("unknown", false),
            false,
            "what an event without a label is once the horizon has passed: `negative`, or left out");

    static final Section<LabelSpec> LABELS = new Section<>(
            "labels",
            "Where the truth comes from",
            List.of(STREAM, JOIN, FIELD, HORIZON, MISSING_MEANS),
            values -> new LabelSpec(
                    values.get(STREAM),
                    values.get(JOIN),
                    values.get(FIELD),
                    values.get(HORIZON),
                    values.get(MISSING_MEANS)));

    private static final Key<List<String>> METRICS = Key.optional(
            "metrics", new ListOf<>("a list of metrics", metric(), 1), "all of them", "which metrics are told");
    private static final Key<Integer> EXACT = Key.withDefault(
            "exact",
            new Whole(0, PerformanceSpec.MOST_EXACT),
            0,
            "up to how many positives and how many negatives of a window are kept for exact areas; a window of more has none");

    private static final Key<Boolean> ESTIMATE = Key.optional(
            "estimate",
            Choice.of("cbpe", true),
            "nothing is estimated",
            "`cbpe`: metrics are estimated from calibrated scores before labels are known, and when they are the cause of a"
                    + " difference is named");
    private static final Key<Duration> OVER = Key.optional(
            "over",
            new TimeSpan(Duration.ofSeconds(1)),
            "twice the horizon of the labels",
            "how far back, from the end of each window");
    private static final Key<LateSpec> LATE = Key.optional(
            "late",
            new Section<>(
                    "a correction for late labels",
                    "Precision, recall and others of the recent past, corrected for labels that are still to come",
                    List.of(OVER),
                    values -> new LateSpec(values.find(OVER))),
            "metrics wait for the horizon",
            "metrics of the recent past, corrected for labels that are still to come; needs `missing_means: negative`");

    static final Section<PerformanceSpec> PERFORMANCE = new Section<>(
            "a performance monitor",
            "How good predictions were, by the window of the event that was scored, once its labels are known",
            List.of(METRICS, EXACT, ESTIMATE, LATE),
            values -> {
                List<String> metrics = values.find(METRICS);
                return new PerformanceSpec(
                        metrics == null ? List.of() : metrics,
                        values.get(EXACT),
                        values.find(ESTIMATE) != null,
                        values.find(LATE));
            });

    private LabelReader() {}

    private static Choice<String> metric() {
        List<String> metrics = PerformanceSpec.METRICS;
        Choice<String> choice = Choice.of(metrics.get(0), metrics.get(0));
        for (String metric : metrics.subList(1, metrics.size())) {
            choice = choice.or(metric, metric);
        }
        return choice;
    }
}

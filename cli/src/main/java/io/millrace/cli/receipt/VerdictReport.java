/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.receipt;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.flink.plan.receipt.Outcome;
import io.millrace.flink.plan.receipt.Verdict;
import io.millrace.pipeline.record.Prediction;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Verdicts for people and for programs. */
final class VerdictReport {

    /** How many predictions of a sample are named that did not match. */
    private static final int MOST_NAMED = 10;

    private final List<Verdict> verdicts;

    VerdictReport(List<Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** Each verdict on a line of its own. */
    void each(OutputOptions output) {
        for (Verdict verdict : verdicts) {
            if (output.json()) {
                output.printJson(map(verdict));
            } else {
                line(output, verdict);
            }
        }
    }

    /** How many of which outcome, and the first that did not match. */
    void summary(OutputOptions output, long seed) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        verdicts.forEach(verdict -> counts.merge(verdict.outcome(), 1, Integer::sum));
        List<Verdict> named = verdicts.stream()
                .filter(verdict -> verdict.outcome() != Outcome.MATCH)
                .limit(MOST_NAMED)
                .toList();
        if (output.json()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("checked", verdicts.size());
            object.put("seed", seed);
            object.put("outcomes", counts);
            object.put("first", named.stream().map(VerdictReport::map).toList());
            output.printJson(object);
            return;
        }
        named.forEach(verdict -> line(output, verdict));
        counts.forEach((outcome, count) -> output.out().println("%-16s %d".formatted(outcome, count)));
        output.out().flush();
    }

    /** The exit code of the gravest outcome. */
    int exitCode() {
        return switch (verdicts.stream()
                .map(Verdict::outcome)
                .sorted()
                .findFirst()
                .orElse(Outcome.MATCH)) {
            case DIFFERS -> ExitCode.DIFFERS;
            case BUNDLE_CHANGED -> ExitCode.BUNDLE_CHANGED;
            case BUNDLE_GONE -> ExitCode.BUNDLE_GONE;
            case BUNDLE_REFUSED -> ExitCode.MODEL_REFUSED;
            case FEATURES_CHANGED -> ExitCode.FEATURES_CHANGED;
            case SOURCE_GONE -> ExitCode.SOURCE_GONE;
            case NOT_PROMISED -> ExitCode.NOT_PROMISED;
            case MATCH -> ExitCode.DONE;
        };
    }

    private static void line(OutputOptions output, Verdict verdict) {
        output.out().println("%-16s %s".formatted(verdict.outcome(), verdict.message()));
        output.out().flush();
    }

    private static Map<String, Object> map(Verdict verdict) {
        Prediction prediction = verdict.prediction();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("outcome", verdict.outcome());
        object.put("prediction_id", prediction.predictionId());
        object.put("source", prediction.source());
        object.put("model", prediction.model());
        object.put("field", verdict.field());
        object.put("recorded", verdict.recorded());
        object.put("recomputed", verdict.recomputed());
        object.put("message", verdict.message());
        return object;
    }
}

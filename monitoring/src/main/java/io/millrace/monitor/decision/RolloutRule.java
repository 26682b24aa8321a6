/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

import io.millrace.monitor.decision.Decision.Verdict;
import java.util.Locale;

/**
 * Decides on a challenger: ROLLBACK when a guardrail breaks or the upper bound of the difference falls below 0, PROMOTE when
 * the lower bound passes 0, otherwise CONTINUE. It may be asked after every event: a wrong promotion has at most probability
 * α over the whole rollout.
 */
public final class RolloutRule {

    private final Guardrails guardrails;

    public RolloutRule(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    public Decision decide(Comparison comparison, ChallengerHealth health) {
        if (health.rows() >= guardrails.leastRows() && health.rows() > 0) {
            double errors = (double) health.errors() / health.rows();
            if (errors > guardrails.mostErrors()) {
                return rollback(
                        "%.3f %% of its %d events failed, more than %.3f %%",
                        100 * errors, health.rows(), 100 * guardrails.mostErrors());
            }
            if (health.latencyP99Millis() > guardrails.mostLatencyMillis()) {
                return rollback(
                        "its 99th percentile of latency is %.1f ms, more than %.1f ms",
                        health.latencyP99Millis(), guardrails.mostLatencyMillis());
            }
        }
        return byValue(comparison);
    }

    private Decision byValue(Comparison comparison) {
        if (comparison.upper() < 0) {
            return rollback("%s", interval("it is worth less per event", comparison));
        }
        if (comparison.lower() > 0 && comparison.challengerRows() >= guardrails.leastRows()) {
            return new Decision(Verdict.PROMOTE, interval("it is worth more per event", comparison));
        }
        return new Decision(Verdict.CONTINUE, interval("not decided yet", comparison));
    }

    private static Decision rollback(String format, Object... arguments) {
        return new Decision(Verdict.ROLLBACK, String.format(Locale.ROOT, format, arguments));
    }

    private static String interval(String what, Comparison comparison) {
        return String.format(
                Locale.ROOT,
                "%s: difference %.6g, between %.6g and %.6g after %d events",
                what,
                comparison.difference(),
                comparison.lower(),
                comparison.upper(),
                comparison.challengerRows());
    }
}

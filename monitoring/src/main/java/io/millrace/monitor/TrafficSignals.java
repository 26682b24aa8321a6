/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window says of itself: the signals of a {@link TrafficPane}.
 *
 * <table>
 * <caption>Signals; a sample of 0 is INSUFFICIENT and its value NaN, except for counts</caption>
 * <tr><th>monitor</th><th>metric</th><th>definition</th><th>sample</th></tr>
 * <tr><td>traffic</td><td>predictions, behind_watermark</td><td>count</td><td>predictions</td></tr>
 * <tr><td>traffic</td><td>positives</td><td>count</td><td>predictions with a decision</td></tr>
 * <tr><td>traffic</td><td>missing (per feature that has any)</td><td>count</td><td>predictions</td></tr>
 * <tr><td>traffic</td><td>score_mean</td><td>mean/unit_interval</td><td>scores in [0, 1]</td></tr>
 * <tr><td>traffic</td><td>scores_outside (when there are any)</td><td>count</td><td>scores</td></tr>
 * <tr><td>latency</td><td>latency_p50_ms, p90, p99, p999</td><td>nearest_rank/log_linear_64</td><td>timed</td></tr>
 * <tr><td>lag</td><td>lag_p50_ms, p90, p99, p999</td><td>nearest_rank/log_linear_64</td><td>timed</td></tr>
 * <tr><td>latency, lag</td><td>…_negative (when there are any)</td><td>count</td><td>timed</td></tr>
 * </table>
 */
public final class TrafficSignals {

    /** An integer that was counted. */
    public static final String COUNT = "count";

    /** The mean of the scores between 0 and 1, each rounded to 2^-30. */
    public static final String MEAN = "mean/unit_interval";

    /** Nearest rank on 64 buckets to an octave of milliseconds: less than 1 % off. */
    public static final String PERCENTILE = "nearest_rank/log_linear_64";

    private static final String TRAFFIC = "traffic";

    private static final List<Integer> PER_MILLES = List.of(500, 900, 990, 999);

    private final List<String> featureNames;
    private final boolean latency;

    /**
     * @param featureNames in the order of the vectors
     * @param latency whether latency and lag are told
     */
    public TrafficSignals(List<String> featureNames, boolean latency) {
        this.featureNames = List.copyOf(featureNames);
        this.latency = latency;
    }

    /**
     * The signals of a window, always in the same order.
     *
     * @throws IllegalArgumentException when the pane has another number of features
     */
    public List<MonitoringSignal> of(SignalScope scope, TrafficPane pane) {
        if (pane.missing.length != featureNames.size()) {
            throw new IllegalArgumentException("a pane of " + pane.missing.length + " features is not one of the "
                    + featureNames.size() + " that '" + scope.pipeline() + "' has");
        }
        Window window = new Window(scope, pane);
        window.traffic();
        if (latency) {
            window.durations("latency", pane.latency);
            window.durations("lag", pane.lag);
        }
        return List.copyOf(window.signals);
    }

    /** The signals of one pane as they gather. */
    private final class Window {

        private final SignalScope scope;
        private final TrafficPane pane;
        private final List<MonitoringSignal> signals = new ArrayList<>();

        Window(SignalScope scope, TrafficPane pane) {
            this.scope = scope;
            this.pane = pane;
        }

        void traffic() {
            sayCount(TRAFFIC, "predictions", null, pane.predictions, pane.predictions);
            sayCount(TRAFFIC, "positives", null, pane.positives, pane.decided);
            sayCount(TRAFFIC, "behind_watermark", null, pane.behindWatermark, pane.predictions);
            for (int i = 0; i < pane.missing.length; i++) {
                sayIfAny(TRAFFIC, "missing", featureNames.get(i), pane.missing[i], pane.predictions);
            }
            long scores = pane.scores.total();
            say(TRAFFIC, "score_mean", MEAN, null, pane.scores.mean(), scores);
            sayIfAny(TRAFFIC, "scores_outside", null, pane.scores.outside(), scores + pane.scores.outside());
        }

        void durations(String monitor, DurationHistogram histogram) {
            for (int perMille : PER_MILLES) {
                String percent = perMille % 10 == 0 ? String.valueOf(perMille / 10) : String.valueOf(perMille);
                String metric = monitor + "_p" + percent + "_ms";
                say(monitor, metric, PERCENTILE, null, histogram.percentile(perMille), histogram.total());
            }
            sayIfAny(monitor, monitor + "_negative", null, histogram.clamped(), histogram.total());
        }

        private void sayIfAny(String monitor, String metric, @Nullable String feature, long count, long sample) {
            if (count != 0) {
                sayCount(monitor, metric, feature, count, sample);
            }
        }

        private void sayCount(String monitor, String metric, @Nullable String feature, long count, long sample) {
            say(monitor, metric, COUNT, feature, (double) count, sample);
        }

        private void say(
                String monitor, String metric, String definition, @Nullable String feature, double value, long sample) {
            signals.add(scope.signal(
                    monitor,
                    metric,
                    definition,
                    feature,
                    value,
                    sample,
                    Double.NaN,
                    sample == 0 ? MonitoringSignal.State.INSUFFICIENT : MonitoringSignal.State.OK));
        }
    }
}

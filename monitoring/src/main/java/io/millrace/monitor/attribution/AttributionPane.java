/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.attribution;

import io.millrace.monitor.exact.FixedPointSum;

/**
 * Attributions of the sampled events of one window, summed. {@link #merge} is commutative and associative. Not thread-safe.
 */
public final class AttributionPane {

    final FixedPointSum[] attributions;
    FixedPointSum scores = new FixedPointSum();
    FixedPointSum errors = new FixedPointSum();
    long rows;
    long unusable;
    private final long windowStartMillis;

    /**
     * @param windowStartMillis inclusive, event time
     * @param features how many attributions an event has
     */
    public AttributionPane(long windowStartMillis, int features) {
        this.windowStartMillis = windowStartMillis;
        this.attributions = new FixedPointSum[features];
        for (int i = 0; i < features; i++) {
            attributions[i] = new FixedPointSum();
        }
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /** How many attributions an event has. */
    public int features() {
        return attributions.length;
    }

    /**
     * Adds one event; one with a number that is not finite is counted as unusable.
     *
     * @param completenessError of its attributions, of either sign
     */
    public void add(double score, double[] attribution, double completenessError) {
        if (attribution.length != attributions.length) {
            throw new IllegalArgumentException(
                    attribution.length + " attributions do not fit a pane of " + attributions.length + " features");
        }
        if (!isUsable(score, attribution, completenessError)) {
            unusable++;
            return;
        }
        rows++;
        scores.add(score);
        errors.add(Math.abs(completenessError));
        for (int i = 0; i < attribution.length; i++) {
            attributions[i].add(attribution[i]);
        }
    }

    private static boolean isUsable(double score, double[] attribution, double completenessError) {
        boolean usable = FixedPointSum.takes(score) && FixedPointSum.takes(completenessError);
        for (double each : attribution) {
            usable &= FixedPointSum.takes(each);
        }
        return usable;
    }

    /** Adds another pane of the same window and features; the other stays as it is. */
    public void merge(AttributionPane other) {
        if (windowStartMillis != other.windowStartMillis || attributions.length != other.attributions.length) {
            throw new IllegalArgumentException("a pane at " + other.windowStartMillis + " with "
                    + other.attributions.length + " features does not merge into one at " + windowStartMillis + " with "
                    + attributions.length);
        }
        for (int i = 0; i < attributions.length; i++) {
            attributions[i].merge(other.attributions[i]);
        }
        scores.merge(other.scores);
        errors.merge(other.errors);
        rows += other.rows;
        unusable += other.unusable;
    }

    /** How many events were added. */
    public long rows() {
        return rows;
    }

    /** NaN without events. */
    public double meanScore() {
        return scores.value() / rows;
    }

    /** NaN without events. */
    public double meanAttribution(int feature) {
        return attributions[feature].value() / rows;
    }

    /** The mean of the completeness errors without their signs; NaN without events. */
    public double meanCompletenessError() {
        return errors.value() / rows;
    }
}

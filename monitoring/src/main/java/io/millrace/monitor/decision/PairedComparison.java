/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

/** Both models on every event, as in a shadow: the mean of the differences. Not thread-safe. */
public final class PairedComparison implements Comparison {

    final Bounds bounds;
    final MeanConfidence differences;
    long clipped;

    /** @param alpha the probability that the true difference ever leaves the sequence */
    public PairedComparison(Bounds bounds, double alpha) {
        this(bounds, new MeanConfidence(alpha));
    }

    PairedComparison(Bounds bounds, MeanConfidence differences) {
        this.bounds = bounds;
        this.differences = differences;
    }

    /**
     * Takes what both were worth on the next event.
     *
     * @throws IllegalArgumentException when one is NaN
     */
    public void add(double champion, double challenger) {
        clipped += (bounds.holds(champion) ? 0 : 1) + (bounds.holds(challenger) ? 0 : 1);
        differences.add((1 + bounds.share(challenger) - bounds.share(champion)) / 2);
    }

    private double scaled(double share) {
        return (2 * share - 1) * bounds.width();
    }

    @Override
    public double difference() {
        return scaled(differences.mean());
    }

    @Override
    public double lower() {
        return scaled(differences.lower());
    }

    @Override
    public double upper() {
        return scaled(differences.upper());
    }

    @Override
    public long challengerRows() {
        return differences.count();
    }

    @Override
    public long clipped() {
        return clipped;
    }
}

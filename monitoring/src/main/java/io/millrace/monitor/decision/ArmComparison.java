/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

/**
 * One model per event, as in a canary: the difference of two means, each with half of α. It needs many more events than {@link
 * PairedComparison}. Not thread-safe.
 */
public final class ArmComparison implements Comparison {

    final Bounds bounds;
    final MeanConfidence champion;
    final MeanConfidence challenger;
    long clipped;

    /** @param alpha the probability that the true difference ever leaves the sequence */
    public ArmComparison(Bounds bounds, double alpha) {
        this(bounds, new MeanConfidence(alpha / 2), new MeanConfidence(alpha / 2));
    }

    ArmComparison(Bounds bounds, MeanConfidence champion, MeanConfidence challenger) {
        this.bounds = bounds;
        this.champion = champion;
        this.challenger = challenger;
    }

    /** Takes what the champion was worth on its next event. */
    public void addChampion(double value) {
        add(champion, value);
    }

    /** Takes what the challenger was worth on its next event. */
    public void addChallenger(double value) {
        add(challenger, value);
    }

    private void add(MeanConfidence arm, double value) {
        clipped += bounds.holds(value) ? 0 : 1;
        arm.add(bounds.share(value));
    }

    @Override
    public double difference() {
        return (challenger.mean() - champion.mean()) * bounds.width();
    }

    @Override
    public double lower() {
        return (challenger.lower() - champion.upper()) * bounds.width();
    }

    @Override
    public double upper() {
        return (challenger.upper() - champion.lower()) * bounds.width();
    }

    @Override
    public long challengerRows() {
        return challenger.count();
    }

    @Override
    public long clipped() {
        return clipped;
    }
}

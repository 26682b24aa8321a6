/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import io.millrace.monitor.distance.Counts;
import io.millrace.monitor.distance.EvidentlyDrift;
import io.millrace.monitor.distance.HopsworksDrift;
import io.millrace.monitor.distance.MillraceDrift;
import io.millrace.monitor.distance.NannymlDrift;
import io.millrace.monitor.distance.Sample;
import io.millrace.monitor.distance.SampleDistance;
import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.pipeline.spec.DriftDefinition;
import io.millrace.pipeline.spec.DriftMetric;
import java.util.Arrays;

/**
 * A metric in one tool's definition, of one column.
 *
 * <p>Of Millrace's own, psi, js, hellinger, l_infinity and chi2_p count what is missing as a bin of its own; ks and wasserstein
 * leave it out. Other tools leave it out always.
 */
public record DriftMeasure(DriftMetric metric, DriftDefinition definition) {

    public DriftMeasure {
        if (!definition.has(metric)) {
            throw new IllegalArgumentException(definition.word() + " has no " + metric.word());
        }
    }

    /** The name of the formula: {@code psi/millrace}. */
    public String name() {
        return metric.word() + '/' + definition.word();
    }

    /**
     * How far a column's counts on the bins of a profile are from other counts on them; NaN where one side is empty.
     *
     * @param profile whose bins they are
     * @param reference counts by bin, then missing
     * @param current counts by bin, then missing
     */
    public double ofCounts(ColumnProfile profile, long[] reference, long[] current) {
        boolean present = metric == DriftMetric.KS || metric == DriftMetric.KS_P || metric == DriftMetric.WASSERSTEIN;
        long[] r = present ? withoutMissing(reference) : reference;
        long[] c = present ? withoutMissing(current) : current;
        return Counts.total(r) == 0 || Counts.total(c) == 0 ? Double.NaN : millrace(profile, r, c);
    }

    private double millrace(ColumnProfile profile, long[] reference, long[] current) {
        return switch (metric) {
            case PSI -> MillraceDrift.psi(reference, current);
            case JS -> MillraceDrift.jensenShannon(reference, current);
            case KL -> MillraceDrift.kullbackLeibler(reference, current);
            case KS -> MillraceDrift.kolmogorovSmirnov(reference, current);
            case KS_P -> MillraceDrift.kolmogorovSmirnovP(reference, current);
            case WASSERSTEIN -> MillraceDrift.wasserstein(profile.borders(), reference, current, profile.deviation());
            case HELLINGER -> MillraceDrift.hellinger(reference, current);
            case CHI2_P -> MillraceDrift.chiSquare(reference, current).p();
            case L_INFINITY -> MillraceDrift.infinity(reference, current);
        };
    }

    /** The same of samples, for the tools that need the values; NaN where one is empty. */
    public double ofSamples(Sample reference, Sample current) {
        if (reference.size() == 0 || current.size() == 0) {
            return Double.NaN;
        }
        return switch (definition) {
            case EVIDENTLY -> evidently(reference, current);
            case NANNYML -> nannyml(reference, current);
            case HOPSWORKS -> hopsworks(reference, current);
            case MILLRACE -> throw new IllegalStateException(name() + " is taken of counts");
        };
    }

    private double evidently(Sample reference, Sample current) {
        return switch (metric) {
            case PSI -> EvidentlyDrift.psi(reference, current);
            case JS -> EvidentlyDrift.jensenShannon(reference, current);
            case KL -> EvidentlyDrift.kullbackLeibler(reference, current);
            case KS_P -> SampleDistance.kolmogorovSmirnovP(reference, current);
            case WASSERSTEIN -> EvidentlyDrift.wasserstein(reference, current);
            default -> EvidentlyDrift.hellinger(reference, current);
        };
    }

    private double nannyml(Sample reference, Sample current) {
        return switch (metric) {
            case JS -> NannymlDrift.jensenShannon(reference, current);
            case KS -> SampleDistance.kolmogorovSmirnov(reference, current);
            case WASSERSTEIN -> SampleDistance.wasserstein(reference, current);
            default -> NannymlDrift.hellinger(reference, current);
        };
    }

    private double hopsworks(Sample reference, Sample current) {
        return switch (metric) {
            case PSI -> HopsworksDrift.psi(reference, current);
            case JS -> HopsworksDrift.jensenShannon(reference, current);
            case KS -> HopsworksDrift.kolmogorovSmirnov(reference, current);
            default -> HopsworksDrift.hellinger(reference, current);
        };
    }

    private static long[] withoutMissing(long[] counts) {
        return Arrays.copyOf(counts, counts.length - 1);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import java.util.ArrayList;
import java.util.List;

/**
 * The metrics of a window whose labels are not all there yet.
 *
 * <p>A positive of age a is reported by now with probability F(a), so each that was reported weighs w = 1/F(a). Hits and
 * misses are the sums of weights; a metric is a function g of them. With g' its derivative for the kind of each positive, the
 * variance is that of the delays, Σ g'² w (w − 1) over the reported positives, and that of F learned from m positives, by the
 * delta method Var_D(Σ g' w² [D ≤ a]) / m over the learned delays D. The interval is the value ± 1.96 standard errors, within
 * [0, 1]. It assumes that the delay does not depend on the score, or only on its band when F is taken per band.
 */
public final class LateCorrection {

    private static final double NORMAL_975 = 1.959963984540054;

    /** F below this gives weights that nothing can be built on; such cells are left out. */
    private static final double LEAST_SHARE = 0.01;

    private final List<LatePane> panes;
    private final DelayDistribution distribution;
    private final long nowMillis;
    private final long youngestMillis;
    private final boolean perBand;
    private final List<Reported> reported = new ArrayList<>();
    private double hits;
    private double misses;
    private double decidedPositive;
    private double decidedNegative;

    /**
     * @param panes the cells of the window
     * @param youngestMillis cells younger than this are left out of the naive and the corrected values
     * @param perBand whether each band of the score has its own F; needed when {@link DelayHomogeneity} fails
     */
    public LateCorrection(
            List<LatePane> panes,
            DelayDistribution distribution,
            long nowMillis,
            long youngestMillis,
            boolean perBand) {
        this.panes = List.copyOf(panes);
        this.distribution = distribution;
        this.nowMillis = nowMillis;
        this.youngestMillis = youngestMillis;
        this.perBand = perBand;
        for (int group = 0; group < (perBand ? distribution.delays.length : 1); group++) {
            weigh(group);
        }
    }

    private void weigh(int group) {
        long[] counts = counts(group);
        for (LatePane pane : panes) {
            long age = pane.ageMillis(nowMillis);
            double share = pane.isMature(nowMillis) ? 1 : distribution.within(counts, age);
            if (age >= youngestMillis && share >= LEAST_SHARE) {
                weigh(pane, group, new Reported(group, age, 1 / share, sum(pane.hits, group), sum(pane.misses, group)));
            }
        }
    }

    private void weigh(LatePane pane, int group, Reported here) {
        hits += here.weight * here.hits;
        misses += here.weight * here.misses;
        decidedPositive += sum(pane.decidedPositive, group);
        decidedNegative += sum(pane.decidedNegative, group);
        reported.add(here);
    }

    private long[] counts(int group) {
        return perBand ? distribution.delays[group] : distribution.pooled();
    }

    private long sum(long[] bands, int group) {
        if (perBand) {
            return bands[group];
        }
        long sum = 0;
        for (long count : bands) {
            sum += count;
        }
        return sum;
    }

    /** How many predictions the corrected values are about. */
    public long rows() {
        return (long) (decidedPositive + decidedNegative);
    }

    /** The share of the window's predictions whose labels are all known. */
    public double maturedShare() {
        double mature = 0;
        double all = 0;
        for (LatePane pane : panes) {
            for (int band = 0; band < pane.hits.length; band++) {
                double rows = pane.decidedPositive[band] + pane.decidedNegative[band];
                all += rows;
                mature += pane.isMature(nowMillis) ? rows : 0;
            }
        }
        return all == 0 ? Double.NaN : mature / all;
    }

    /** The metric as if every label that is missing were negative already. */
    public double naive(LateMetric metric) {
        return counted(metric, false);
    }

    /** The metric of the predictions whose labels are all known. */
    public double matured(LateMetric metric) {
        return counted(metric, true);
    }

    private double counted(LateMetric metric, boolean matureOnly) {
        double[] sums = new double[4];
        for (LatePane pane : panes) {
            boolean counts = matureOnly ? pane.isMature(nowMillis) : pane.ageMillis(nowMillis) >= youngestMillis;
            for (int band = 0; band < pane.hits.length && counts; band++) {
                sums[0] += pane.hits[band];
                sums[1] += pane.misses[band];
                sums[2] += pane.decidedPositive[band];
                sums[3] += pane.decidedNegative[band];
            }
        }
        return metric.value(sums[0], sums[1], sums[2], sums[3]);
    }

    /** The metric with every reported positive standing also for those that are still to come. */
    public Corrected corrected(LateMetric metric) {
        double value = metric.value(hits, misses, decidedPositive, decidedNegative);
        double byHits = metric.byHits(hits, misses, decidedPositive, decidedNegative);
        double byMisses = metric.byMisses(hits, misses, decidedPositive, decidedNegative);
        double variance = delayVariance(byHits, byMisses);
        for (int group = 0; group < (perBand ? distribution.delays.length : 1); group++) {
            variance += learnedVariance(group, byHits, byMisses);
        }
        double reach = NORMAL_975 * Math.sqrt(variance);
        return new Corrected(value, Math.max(0, value - reach), Math.min(1, value + reach));
    }

    private double delayVariance(double byHits, double byMisses) {
        double variance = 0;
        for (Reported here : reported) {
            double squares = byHits * byHits * here.hits + byMisses * byMisses * here.misses;
            variance += squares * here.weight * (here.weight - 1);
        }
        return variance;
    }

    private double learnedVariance(int group, double byHits, double byMisses) {
        long[] counts = counts(group);
        double size = 0;
        double mean = 0;
        double squares = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            double moved = counts[bucket] == 0 ? 0 : moved(group, bucket, byHits, byMisses);
            size += counts[bucket];
            mean += counts[bucket] * moved;
            squares += counts[bucket] * moved * moved;
        }
        return size == 0 ? 0 : (squares / size - mean / size * (mean / size)) / size;
    }

    /** How much a learned delay in this bucket moves the metric. */
    private double moved(int group, int bucket, double byHits, double byMisses) {
        double moved = 0;
        for (Reported here : reported) {
            if (here.group == group && here.weight > 1) {
                double slope = (byHits * here.hits + byMisses * here.misses) * here.weight * here.weight;
                moved += slope * distribution.covered(bucket, here.ageMillis);
            }
        }
        return moved;
    }

    /** The reported positives of one cell under one F. */
    private record Reported(int group, long ageMillis, double weight, long hits, long misses) {}
}

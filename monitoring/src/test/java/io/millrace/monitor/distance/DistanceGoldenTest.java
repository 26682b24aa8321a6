/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.GoldenNumbers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each tool's number of one pair of samples, by that tool's name. */
class DistanceGoldenTest {

    private static final double PHI = 0.6180339887498949;
    private static final long[] REFERENCE = {500, 300, 200, 0};
    private static final long[] UNSEEN = {180, 150, 120, 50};
    private static final long[] REFERENCE_3 = {500, 300, 200};
    private static final long[] SAME_SUPPORT = {180, 150, 170};

    private final Sample reference = sample(1000, 10, 1, 0);
    private final Sample current = sample(500, 10, 1.5, 0.5);

    @Test
    void evidently() {
        expect("evidently.bins", EvidentlyDrift.binned(reference, current).reference().length);
        expect("evidently.psi", EvidentlyDrift.psi(reference, current));
        expect("evidently.js_distance_nat", EvidentlyDrift.jensenShannon(reference, current));
        expect("evidently.kl_ref_to_cur", EvidentlyDrift.kullbackLeibler(reference, current));
        expect("evidently.wasserstein_normed", EvidentlyDrift.wasserstein(reference, current));
        expect("evidently.ks_p", SampleDistance.kolmogorovSmirnovP(reference, current));
    }

    @Test
    void nannyml() {
        expect("nannyml.bins", Bins.doane(reference).size());
        expect("nannyml.js_distance_base2", NannymlDrift.jensenShannon(reference, current));
        expect("nannyml.hellinger", NannymlDrift.hellinger(reference, current));
        expect("wasserstein_raw", SampleDistance.wasserstein(reference, current));
        expect("ks.statistic", SampleDistance.kolmogorovSmirnov(reference, current));
    }

    @Test
    void hopsworks() {
        expect("hopsworks.psi", HopsworksDrift.psi(reference, current));
        expect("hopsworks.js_divergence_nat", HopsworksDrift.jensenShannon(reference, current));
        expect("hopsworks.ks_binned", HopsworksDrift.kolmogorovSmirnov(reference, current));
    }

    @Test
    void categories() {
        categories("cat.unseen.", REFERENCE, UNSEEN);
        categories("cat.same_support.", REFERENCE_3, SAME_SUPPORT);
    }

    private void categories(String tag, long[] reference, long[] current) {
        EvidentlyDrift.Histograms histograms = new EvidentlyDrift.Histograms(reference, current);
        expect(tag + "evidently.psi", histograms.psi());
        expect(tag + "evidently.js_distance_nat", histograms.jensenShannon());
        expect(tag + "evidently.chisquare_stat", histograms.chiSquare().statistic());
        expect(tag + "evidently.chisquare_p", histograms.chiSquare().p());
        expect(tag + "nannyml.js_distance_base2", NannymlDrift.jensenShannon(reference, current));
        expect(tag + "nannyml.l_infinity", NannymlDrift.infinity(reference, current));
        ChiSquareStatistic table = NannymlDrift.chiSquare(reference, current);
        expect(tag + "nannyml_alibi.chi2_contingency_stat", table.statistic());
        expect(tag + "nannyml_alibi.chi2_contingency_p", table.p());
    }

    private void expect(String name, double found) {
        double expected = GoldenNumbers.golden(name);
        if (Double.isInfinite(expected)) {
            assertThat(found).as(name).isEqualTo(expected);
        } else {
            assertThat(found).as(name).isCloseTo(expected, within(1e-9));
            if (expected != 0) {
                assertThat(found / expected).as("%s, relative", name).isCloseTo(1, within(1e-9));
            }
        }
    }

    private static Sample sample(int size, double scale, double power, double shift) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            double x = (i + 1) * PHI;
            values[i] = scale * Math.pow(x - Math.floor(x), power) + shift;
        }
        Arrays.sort(values);
        return new Sample(values);
    }
}

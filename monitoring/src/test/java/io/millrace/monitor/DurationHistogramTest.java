/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationHistogramTest {

    private static final double BOUND = 1 / 128.0;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void percentileIsWithinTheBoundOfTheSortedArray(long seed) {
        Random random = new Random(seed);
        long[] millis = new long[1 + random.nextInt(20_000)];
        DurationHistogram histogram = new DurationHistogram();
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (long) Math.exp(random.nextDouble() * 30);
            histogram.add(millis[i]);
        }
        Arrays.sort(millis);
        for (int perMille : new int[] {1, 10, 250, 500, 900, 990, 999, 1000}) {
            int rank = (int) Math.ceil(millis.length * (perMille / 1000.0) - 1e-9);
            double exact = millis[rank - 1];
            assertThat(Math.abs(histogram.percentile(perMille) - exact))
                    .as("seed %d, per mille %d, exact %s", seed, perMille, exact)
                    .isLessThan(BOUND * exact + 1e-12);
        }
    }

    @Test
    void below128MillisecondsIsExact() {
        for (long millis = 0; millis < 128; millis++) {
            DurationHistogram histogram = new DurationHistogram();
            histogram.add(millis);
            assertThat(histogram.percentile(500)).isEqualTo(millis);
        }
    }

    @Test
    void bucketsFollowEachOtherWithoutGapUpToTheGreatestLong() {
        long[] edges = {0, 63, 64, 127, 128, 129, 130, 255, 256, 260, (1L << 40) - 1, 1L << 40, Long.MAX_VALUE};
        int[] buckets = {0, 63, 64, 127, 128, 128, 129, 191, 192, 193, 2239, 2240, DurationHistogram.BUCKETS - 1};
        for (int i = 0; i < edges.length; i++) {
            assertThat(DurationHistogram.bucket(edges[i]))
                    .as("bucket of %d", edges[i])
                    .isEqualTo(buckets[i]);
        }
    }

    @Test
    void negativeCountsAsZeroAndAsClamped() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.add(-5);
        histogram.add(Long.MIN_VALUE);
        histogram.add(9);
        assertThat(histogram.total()).isEqualTo(3);
        assertThat(histogram.clamped()).isEqualTo(2);
        assertThat(histogram.percentile(500)).isZero();
        assertThat(histogram.percentile(1000)).isEqualTo(9);
    }

    @Test
    void percentileOfNothingIsMissing() {
        assertThat(new DurationHistogram().percentile(500)).isNaN();
    }

    @Test
    void ranksDoNotOverflow() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.addTo(3, Long.MAX_VALUE / 2);
        histogram.addTo(9, Long.MAX_VALUE / 2 - 10);
        assertThat(histogram.percentile(490)).isEqualTo(3);
        assertThat(histogram.percentile(510)).isEqualTo(9);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void percentilesAreAtMostOneBucketAboveTheExactOnes(long seed) {
        Random random = new Random(seed);
        long[] values = random.longs(5_000, 0, 1L << (seed * 10)).sorted().toArray();
        Histogram histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::add);

        for (double quantile : new double[] {0.001, 0.5, 0.9, 0.99, 0.999, 1}) {
            long exact = values[(int) Math.ceil(quantile * values.length) - 1];
            assertThat(histogram.percentile(quantile))
                    .as("seed %d, quantile %s", seed, quantile)
                    .isBetween((double) exact, exact * (1 + 1.0 / 128) + 0.5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void anyOrderAndAnySplitGiveTheSameBytes(long seed) {
        Random random = new Random(seed);
        Histogram whole = new Histogram();
        Histogram[] parts = {new Histogram(), new Histogram(), new Histogram()};
        for (int i = 0; i < 2_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            whole.add(value);
            parts[random.nextInt(3)].add(value);
        }
        Histogram leftFirst = parts[0].copy();
        leftFirst.merge(parts[1]);
        leftFirst.merge(parts[2]);
        Histogram rightFirst = parts[2].copy();
        rightFirst.merge(parts[1]);
        rightFirst.merge(parts[0]);

        assertThat(bytes(leftFirst)).as("seed %d", seed).isEqualTo(bytes(whole)).isEqualTo(bytes(rightFirst));
    }

    @Test
    void everyEdgeBelongsToItsOwnBucket() {
        for (int bucket = 0; bucket < 7_000; bucket++) {
            long edge = Histogram.upperEdge(bucket);
            assertThat(Histogram.bucket(edge)).isEqualTo(bucket);
            assertThat(Histogram.bucket(edge + 1)).isEqualTo(bucket + 1);
        }
        assertThat(Histogram.bucket(Long.MAX_VALUE)).isLessThan((64 - 7) * 128);
    }

    @Test
    void bytesAreReadBack() throws IOException {
        Histogram histogram = new Histogram();
        histogram.add(3);
        histogram.add(70_000);
        histogram.add(-1);

        assertThat(bytes(histogram))
                .isEqualTo("00000003" + "00000000000000000001" + "00030000000000000001" + "0508" + "0000000000000001");
        Histogram read = Histogram.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(bytes(histogram)))));
        assertThat(bytes(read)).isEqualTo(bytes(histogram));
        assertThat(read.total()).isEqualTo(3);
        assertThat(new Histogram().percentile(0.5)).isNaN();
    }

    private static String bytes(Histogram histogram) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            histogram.write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}

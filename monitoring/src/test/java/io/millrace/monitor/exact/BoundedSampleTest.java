/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitor.PaneBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BoundedSampleTest {

    @Test
    void holdsAllInOrderUpToItsLimitAndNoneBeyond() {
        BoundedSample sample = new BoundedSample(3);
        sample.add(2);
        sample.add(3);
        sample.add(1);
        assertThat(sample.sorted()).containsExactly(1, 2, 3);
        sample.add(0);
        assertThat(sample.isWhole()).isFalse();
        assertThat(sample.sorted()).isEmpty();
        assertThat(sample.seen()).isEqualTo(4);
    }

    @Test
    void splitAndMergedItHasTheSameBytes() throws IOException {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            int limit = random.nextInt(600);
            double[] values = random.doubles(400).toArray();
            BoundedSample whole = new BoundedSample(limit);
            BoundedSample[] parts = {new BoundedSample(limit), new BoundedSample(limit), new BoundedSample(limit)};
            for (double value : values) {
                whole.add(value);
                parts[random.nextInt(3)].add(value);
            }
            parts[0].merge(parts[2]);
            parts[1].merge(parts[0]);
            byte[] bytes = PaneBytes.of(whole, BoundedSample::write);
            assertThat(PaneBytes.of(parts[1], BoundedSample::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            BoundedSample read = PaneBytes.read(bytes, in -> BoundedSample.read(limit, in));
            assertThat(PaneBytes.of(read, BoundedSample::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void binsAreOpenBelowAndClosedAbove() {
        Edges edges = Edges.of(0.5, 0.2, 0.5);
        assertThat(edges.bins()).isEqualTo(3);
        assertThat(new int[] {edges.bin(-9), edges.bin(0.2), edges.bin(0.3), edges.bin(0.5), edges.bin(0.6)})
                .containsExactly(0, 0, 1, 1, 2);
        assertThat(edges.upper(1)).isEqualTo(0.5);
        assertThat(edges.upper(2)).isInfinite();
    }

    @Test
    void quantilesSplitTheReferenceEvenly() {
        double[] sorted = new Random(4).doubles(1000).sorted().toArray();
        Edges edges = Edges.quantiles(sorted, 10);
        int[] counts = new int[10];
        for (double value : sorted) {
            counts[edges.bin(value)]++;
        }
        assertThat(counts).containsOnly(100);
        double[] same = new double[50];
        Arrays.fill(same, 0.5);
        assertThat(Edges.quantiles(same, 10).bins()).isEqualTo(2);
    }
}

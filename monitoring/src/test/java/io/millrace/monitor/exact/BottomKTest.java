/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.PaneBytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BottomKTest {

    private static final int K = 256;

    @Test
    void fewValuesAreCountedExactly() {
        Random random = new Random(3);
        BottomK sketch = new BottomK(K);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            int value = random.nextInt(K - 1);
            sketch.add(StableHash.of("id-" + value));
            counts.merge(value, 1, Integer::sum);
        }
        assertThat(sketch.different()).isEqualTo(counts.size());
        assertThat(sketch.sampled()).isEqualTo(5_000);
        assertThat(sketch.repeated()).isEqualTo((5_000.0 - counts.size()) / 5_000);
        assertThat(new BottomK(K).repeated()).isNaN();
    }

    @Test
    void manyAreEstimatedWithinTheStatedError() {
        int runs = 200;
        double squares = 0;
        for (int run = 0; run < runs; run++) {
            BottomK sketch = new BottomK(K);
            for (int i = 0; i < 10_000; i++) {
                sketch.add(StableHash.of(run * 1e6 + i % 5_000));
            }
            double error = sketch.different() / 5_000 - 1;
            squares += error * error / runs;
            assertThat(sketch.repeated()).as("each twice").isEqualTo(0.5);
        }
        assertThat(Math.sqrt(squares)).isCloseTo(1 / Math.sqrt(K - 2), within(0.015));
    }

    @Test
    void anySplitInAnyOrderHasTheSameBytes() throws IOException {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            BottomK whole = new BottomK(K);
            BottomK[] parts = {new BottomK(K), new BottomK(K), new BottomK(K), new BottomK(K)};
            int values = 50 + random.nextInt(8_000);
            for (int i = 0; i < 6_000; i++) {
                long hash = StableHash.of((double) random.nextInt(values));
                whole.add(hash);
                parts[random.nextInt(4)].add(hash);
            }
            parts[3].merge(parts[1]);
            parts[0].merge(parts[3].copy());
            parts[2].merge(parts[0]);
            byte[] bytes = PaneBytes.of(whole, BottomK::write);
            assertThat(PaneBytes.of(parts[2], BottomK::write))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
            BottomK read = PaneBytes.read(bytes, BottomK::read);
            assertThat(PaneBytes.of(read, BottomK::write)).as("seed %d", seed).isEqualTo(bytes);
            assertThat(read.different()).isEqualTo(whole.different());
        }
    }

    @Test
    void zerosAndNaNsAreOneValueEach() {
        assertThat(StableHash.of(-0.0)).isEqualTo(StableHash.of(0.0));
        assertThat(StableHash.of(Double.NaN)).isEqualTo(StableHash.of(Double.longBitsToDouble(0x7ff8000000000001L)));
    }
}

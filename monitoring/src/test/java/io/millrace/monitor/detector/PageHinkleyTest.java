/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.detector.PageHinkley.Settings;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageHinkleyTest {

    @Test
    void equalsTheFormulaOverTheRawValues() {
        double[] values = gaussian(7, 400, 0);
        PageHinkley detector = new PageHinkley(Settings.DEFAULT);
        double sum = 0;
        for (int t = 1; t <= values.length; t++) {
            double mean = Arrays.stream(values, 0, t).average().orElseThrow();
            sum = Math.max(0, 0.9999 * sum + values[t - 1] - mean - 0.005);
            boolean changed = detector.add(values[t - 1]);
            assertThat(changed).as("seed 7, value %d", t).isEqualTo(sum >= 50);
            assertThat(detector.sum()).as("seed 7, value %d", t).isCloseTo(sum, within(1e-9));
        }
        assertThat(detector.seen()).isEqualTo(400);
    }

    @Test
    void findsARiseSoonAndStartsAnew() {
        PageHinkley detector = new PageHinkley(Settings.DEFAULT);
        for (int i = 0; i < 500; i++) {
            assertThat(detector.add(0)).isFalse();
        }
        int needed = 1;
        while (!detector.add(2)) {
            needed++;
        }
        // Each value 2 adds a little less than 1.995, as the mean follows slowly: 26 to 27 are needed for 50.
        assertThat(needed).isBetween(26, 27);
        assertThat(detector.seen()).isZero();
        assertThat(detector.sum()).isZero();
    }

    @Test
    void tellsNothingBeforeEnoughValues() {
        PageHinkley detector = new PageHinkley(new Settings(0, 1, 1, 29));
        for (int i = 1; i < 29; i++) {
            assertThat(detector.add(i)).as("value %d", i).isFalse();
        }
        assertThat(detector.add(29)).isTrue();
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() throws IOException {
        double[] values = gaussian(11, 1000, 0.5);
        PageHinkley whole = new PageHinkley(Settings.DEFAULT);
        PageHinkley restored = new PageHinkley(Settings.DEFAULT);
        for (double value : values) {
            restored = PaneBytes.read(
                    PaneBytes.of(restored, PageHinkley::write), in -> PageHinkley.read(Settings.DEFAULT, in));
            assertThat(restored.add(value)).isEqualTo(whole.add(value));
        }
        assertThat(PaneBytes.of(restored, PageHinkley::write)).isEqualTo(PaneBytes.of(whole, PageHinkley::write));
    }

    @Test
    void damagedBytesAreToldOrRead() {
        PageHinkley detector = new PageHinkley(Settings.DEFAULT);
        detector.add(1);
        byte[] bytes = PaneBytes.of(detector, PageHinkley::write);
        PaneBytes.damage(bytes, in -> PageHinkley.read(Settings.DEFAULT, in));
        bytes[0] = 9;
        assertThatThrownBy(() -> PaneBytes.read(bytes, in -> PageHinkley.read(Settings.DEFAULT, in)))
                .hasMessage(
                        "pane: version 9 is unknown, this build reads version 1. Restore with the build that wrote it");
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> new PageHinkley(Settings.DEFAULT).add(Double.NaN))
                .hasMessage("Page-Hinkley takes magnitudes below 2^96, found NaN");
    }

    /** Values of deviation 1 whose mean rises after the first half. */
    private static double[] gaussian(long seed, int count, double rise) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian() + (i < count / 2 ? 0 : rise);
        }
        return values;
    }
}

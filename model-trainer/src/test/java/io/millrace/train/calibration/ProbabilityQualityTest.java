/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilityQualityTest {

    @Test
    void isWhatCanBeDoneByHand() {
        ProbabilityQuality quality =
                ProbabilityQuality.of(new double[] {0.21, 0.25, 0.9, 1}, new boolean[] {false, true, true, true});
        assertThat(quality.logLoss())
                .isCloseTo(-(Math.log(0.79) + Math.log(0.25) + Math.log(0.9) + Math.log(1 - 1e-7)) / 4, within(1e-12));
        assertThat(quality.brier()).isCloseTo((0.21 * 0.21 + 0.75 * 0.75 + 0.01) / 4, within(1e-12));
        assertThat(quality.calibrationError())
                .as("0.21 and 0.25 share the bin from 0.2 to 0.267, 0.9 and 1 have one each")
                .isCloseTo((Math.abs(1 - 0.46) + 0.1 + 0) / 4, within(1e-12));
    }
}

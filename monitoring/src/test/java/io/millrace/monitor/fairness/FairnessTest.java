/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitor.performance.binary.Confusion;
import io.millrace.monitor.signal.SignalScope;
import io.millrace.pipeline.record.MonitoringSignal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FairnessTest {

    private static final Confusion WEB = new Confusion(30, 20, 10, 40);
    private static final Confusion SHOP = new Confusion(10, 10, 10, 70);
    private static final Confusion FEW = new Confusion(0, 0, 1, 0);

    @Test
    void groupsAreComparedByTheirExtremes() {
        Fairness fairness = Fairness.of(List.of(WEB, SHOP, FEW), 20);
        assertThat(fairness.demographicParity()).isCloseTo(0.3, within(1e-12));
        assertThat(fairness.disparateImpact()).isCloseTo(0.4, within(1e-12));
        assertThat(fairness.equalOpportunity()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void aSingleGroupSaysNothing() {
        assertThat(Fairness.of(List.of(WEB, FEW), 20)).isEqualTo(new Fairness(Double.NaN, Double.NaN, Double.NaN));
        Confusion none = new Confusion(0, 0, 5, 5);
        assertThat(Fairness.of(List.of(none, none), 1)).isEqualTo(new Fairness(0, 1, 0));
    }

    @Test
    void theFourFifthsRuleAlarms() {
        SignalScope scope = new SignalScope("p", 0, 60_000, "1", null);
        List<MonitoringSignal> signals = FairnessSignals.of("channel", List.of(WEB, SHOP), 20, scope);
        assertThat(signals)
                .extracting(signal -> signal.metric() + " " + signal.feature() + " " + signal.state())
                .containsExactly(
                        "demographic_parity channel OK",
                        "disparate_impact channel ALARM",
                        "equal_opportunity channel OK");
        assertThat(signals).allSatisfy(signal -> assertThat(signal.sampleSize()).isEqualTo(200));
    }
}

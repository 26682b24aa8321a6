/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.monitor.PaneBytes;
import io.millrace.monitor.decision.Decision.Verdict;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RolloutRuleTest {

    private static final RolloutRule RULE = new RolloutRule(new Guardrails(0.01, 50, 100));

    @Test
    void aBrokenGuardrailRollsBackWhateverTheWorth() {
        PairedComparison better = compared(5000, 1, 3);
        assertThat(RULE.decide(better, new ChallengerHealth(5000, 51, 10)))
                .isEqualTo(new Decision(Verdict.ROLLBACK, "1.020 % of its 5000 events failed, more than 1.000 %"));
        assertThat(RULE.decide(better, new ChallengerHealth(5000, 0, 50.5)))
                .isEqualTo(
                        new Decision(Verdict.ROLLBACK, "its 99th percentile of latency is 50.5 ms, more than 50.0 ms"));
    }

    @Test
    void worthDecidesWhenGuardrailsHold() {
        ChallengerHealth well = new ChallengerHealth(5000, 50, Double.NaN);
        assertThat(RULE.decide(compared(5000, 1, 3), well).verdict()).isEqualTo(Verdict.PROMOTE);
        assertThat(RULE.decide(compared(5000, 3, 1), well).verdict()).isEqualTo(Verdict.ROLLBACK);
        Decision open = RULE.decide(compared(5000, 2, 2), well);
        assertThat(open.verdict()).isEqualTo(Verdict.CONTINUE);
        assertThat(open.reason())
                .matches("not decided yet: difference 0.00000, between -\\S+ and \\S+ after 5000 events");
        assertThat(RULE.decide(new PairedComparison(new Bounds(0, 4), 0.05), new ChallengerHealth(0, 0, Double.NaN))
                        .reason())
                .isEqualTo("not decided yet: difference NaN, between -4.00000 and 4.00000 after 0 events");
    }

    @Test
    void aFewRowsAreNotEnough() {
        ChallengerHealth few = new ChallengerHealth(99, 90, 500);
        assertThat(RULE.decide(compared(99, 0, 4), few).verdict()).isEqualTo(Verdict.CONTINUE);
        assertThat(RULE.decide(compared(99, 4, 0), few).verdict())
                .as("nothing is kept that is surely worse")
                .isEqualTo(Verdict.ROLLBACK);
    }

    @Test
    void whatIsBeyondTheBoundsIsClippedAndCounted() {
        PairedComparison paired = new PairedComparison(new Bounds(0, 4), 0.05);
        paired.add(-1, 9);
        assertThat(paired.difference()).isEqualTo(4);
        assertThat(paired.clipped()).isEqualTo(2);
        assertThatThrownBy(() -> paired.add(Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a confidence sequence takes numbers between 0 and 1, found NaN");
        assertThatThrownBy(() -> new Bounds(1, 1))
                .hasMessage("bounds are two finite numbers, the lower first, found [1.0, 1.0]");
    }

    @Test
    void theSequenceHoldsTheMeanAtAllTimesAndNarrows() {
        int left = 0;
        for (int run = 0; run < 300; run++) {
            Random random = new Random(run);
            MeanConfidence confidence = new MeanConfidence(0.1);
            double low = 0;
            double high = 1;
            for (int i = 0; i < 3000; i++) {
                double x = random.nextDouble();
                confidence.add(x * x);
                assertThat(confidence.lower()).isGreaterThanOrEqualTo(low);
                assertThat(confidence.upper()).isLessThanOrEqualTo(high);
                low = confidence.lower();
                high = confidence.upper();
            }
            left += low > 1.0 / 3 || high < 1.0 / 3 ? 1 : 0;
            assertThat(high - low).isLessThan(0.08);
        }
        assertThat(left).as("of 300, seeds 0 to 299").isLessThanOrEqualTo(30);
    }

    @Test
    void aRestoredComparisonGoesOnBitByBit() throws IOException {
        Random random = new Random(3);
        ArmComparison arms = new ArmComparison(new Bounds(-1, 1), 0.05);
        for (int i = 0; i < 500; i++) {
            arms.addChampion(random.nextDouble() * 2.1 - 1);
            arms.addChallenger(random.nextDouble());
        }
        goesOn(arms);
        goesOn(compared(300, 1, 2));
    }

    private static void goesOn(Comparison comparison) throws IOException {
        byte[] bytes = PaneBytes.of(comparison, ComparisonCodec::write);
        Comparison read = PaneBytes.read(bytes, ComparisonCodec::read);
        for (Comparison each : new Comparison[] {comparison, read}) {
            if (each instanceof ArmComparison arms) {
                arms.addChallenger(0.3);
            } else if (each instanceof PairedComparison paired) {
                paired.add(0.1, 0.2);
            }
        }
        assertThat(PaneBytes.of(read, ComparisonCodec::write))
                .isEqualTo(PaneBytes.of(comparison, ComparisonCodec::write));
        assertThat(read.clipped()).isEqualTo(comparison.clipped());
        PaneBytes.damage(bytes, ComparisonCodec::read);
    }

    private static PairedComparison compared(int events, double champion, double challenger) {
        PairedComparison paired = new PairedComparison(new Bounds(0, 4), 0.05);
        for (int i = 0; i < events; i++) {
            paired.add(champion, challenger);
        }
        return paired;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitor.Simulation;
import io.millrace.monitor.decision.Decision.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replays of a rollout, decided after every event. A right decision is worth 1, a wrong one 0. */
final class RolloutSimulationTest {

    private static final double ALPHA = 0.05;
    private static final Bounds BOUNDS = new Bounds(0, 1);
    private static final RolloutRule RULE = new RolloutRule(Guardrails.NONE);
    private static final ChallengerHealth WELL = new ChallengerHealth(1, 0, Double.NaN);

    @Test
    void twoEqualModelsAreAlmostNeverPromoted() {
        int runs = Simulation.runs(1000);
        int promoted = 0;
        int rolledBack = 0;
        for (int run = 0; run < runs; run++) {
            Verdict verdict = paired(Simulation.random(run), 0, 20_000);
            promoted += verdict == Verdict.PROMOTE ? 1 : 0;
            rolledBack += verdict == Verdict.ROLLBACK ? 1 : 0;
        }
        System.out.printf(
                "A/A paired: seed %d: of %d promoted %d, rolled back %d%n",
                Simulation.SEED, runs, promoted, rolledBack);
        assertThat(promoted).as("of %d, seed %d", runs, Simulation.SEED).isLessThanOrEqualTo((int) (ALPHA * runs));
    }

    @Test
    void twoEqualArmsAreAlmostNeverPromoted() {
        int runs = Simulation.runs(1000);
        int promoted = 0;
        for (int run = 0; run < runs; run++) {
            promoted += arms(Simulation.random(run), 0.8, 20_000) == Verdict.PROMOTE ? 1 : 0;
        }
        assertThat(promoted).as("of %d, seed %d", runs, Simulation.SEED).isLessThanOrEqualTo((int) (ALPHA * runs));
    }

    @Test
    void aChallengerThatIsWorthTwoPerCentLessIsRolledBack() {
        int runs = Simulation.runs(1000);
        int paired = 0;
        int arms = 0;
        for (int run = 0; run < runs; run++) {
            paired += paired(Simulation.random(run), 0.016, 100_000) == Verdict.ROLLBACK ? 1 : 0;
            arms += arms(Simulation.random(run), 0.784, 600_000) == Verdict.ROLLBACK ? 1 : 0;
        }
        System.out.printf(
                "2 %% worse: seed %d: of %d rolled back %d paired, %d by arms%n", Simulation.SEED, runs, paired, arms);
        assertThat(paired).as("of %d, seed %d", runs, Simulation.SEED).isGreaterThanOrEqualTo((int)
                ((1 - ALPHA) * runs));
        assertThat(arms).as("of %d, seed %d", runs, Simulation.SEED).isGreaterThanOrEqualTo((int) ((1 - ALPHA) * runs));
    }

    @Test
    void aBetterChallengerIsPromoted() {
        int runs = Simulation.runs(100);
        for (int run = 0; run < runs; run++) {
            assertThat(paired(Simulation.random(run), -0.05, 100_000))
                    .as("run %d, seed %d", run, Simulation.SEED)
                    .isEqualTo(Verdict.PROMOTE);
        }
    }

    /** Each is right in four of five events, and they disagree in one of seven. */
    private static Verdict paired(Random random, double worse, int events) {
        PairedComparison comparison = new PairedComparison(BOUNDS, ALPHA);
        Verdict verdict = Verdict.CONTINUE;
        for (int event = 0; event < events && verdict == Verdict.CONTINUE; event++) {
            double chance = random.nextDouble();
            boolean champion = chance < 0.8;
            boolean challenger = chance < 0.73 - worse || chance >= 0.8 && chance < 0.87;
            comparison.add(champion ? 1 : 0, challenger ? 1 : 0);
            verdict = verdict(comparison);
        }
        return verdict;
    }

    private static Verdict arms(Random random, double challenger, int events) {
        ArmComparison comparison = new ArmComparison(BOUNDS, ALPHA);
        Verdict verdict = Verdict.CONTINUE;
        for (int event = 0; event < events && verdict == Verdict.CONTINUE; event++) {
            if (random.nextBoolean()) {
                comparison.addChampion(random.nextDouble() < 0.8 ? 1 : 0);
            } else {
                comparison.addChallenger(random.nextDouble() < challenger ? 1 : 0);
            }
            verdict = verdict(comparison);
        }
        return verdict;
    }

    /** The rule writes a reason each time; millions of CONTINUE are told by the bounds alone. */
    private static Verdict verdict(Comparison comparison) {
        boolean open = comparison.lower() <= 0 && comparison.upper() >= 0;
        return open ? Verdict.CONTINUE : RULE.decide(comparison, WELL).verdict();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever is lost, delayed or dead: the version of an event is a function of its time and the value that chooses its model. */
class RolloutSimulationTest {

    private static final int RUNS = 400;
    private static final int STEPS = 4_000;

    @Test
    void everyEventIsScoredByTheVersionOfItsTime() {
        long first = Long.getLong("millrace.seed", 4_711);
        int changes = 0;
        int holds = 0;
        long newcomers = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            RolloutSimulation simulation = new RolloutSimulation(seed);
            for (int step = 0; step < STEPS; step++) {
                simulation.step();
            }
            simulation.check(seed);
            changes += simulation.changes();
            holds += simulation.holds();
            newcomers += simulation.byNewcomers();
        }
        assertThat(changes).as("changes that were carried out").isGreaterThan(RUNS);
        assertThat(newcomers).as("events scored by models that came later").isGreaterThan(RUNS);
        assertThat(holds).as("events that had to wait").isGreaterThan(RUNS);
    }
}

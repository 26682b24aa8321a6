/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import java.util.Random;

/** Seeds of simulations: a tenth of the runs by default, all of them with {@code -Dmillrace.nightly=true}. */
public final class Simulation {

    /** {@code -Dmillrace.seed=…}. */
    public static final long SEED = Long.getLong("millrace.seed", 20_261);

    private static final boolean NIGHTLY = Boolean.getBoolean("millrace.nightly");

    private Simulation() {}

    public static int runs(int nightly) {
        return NIGHTLY ? nightly : nightly / 10;
    }

    /** The chance of one run: runs do not depend on each other. */
    public static Random random(int run) {
        Random random = new Random(SEED * 1_000_003 + run);
        random.nextLong();
        return random;
    }
}

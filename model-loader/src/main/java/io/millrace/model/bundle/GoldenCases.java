/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import java.util.List;
import java.util.Locale;

/**
 * Raw inputs and the outputs that the network must give for them: {@code golden.json}.
 *
 * @param inputs one row per case, raw; NaN is missing
 * @param outputs one row per case: the network's raw outputs
 */
public record GoldenCases(Origin origin, List<double[]> inputs, List<double[]> outputs) {

    /** The fewest cases that say something. */
    public static final int AT_LEAST = 32;
    /** How far an output may be off: absolutely where the expected value is within ±1, relatively beyond. */
    public static final double TOLERANCE = 1e-5;

    public GoldenCases {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.size() != outputs.size() || inputs.size() < AT_LEAST) {
            throw new IllegalArgumentException("there are " + inputs.size() + " inputs and " + outputs.size()
                    + " outputs, golden cases need as many of both, at least " + AT_LEAST);
        }
    }

    /** Where the expected outputs come from. */
    public enum Origin {
        /** The framework that a foreign model was made in. */
        FRAMEWORK,
        /** Our trainer, before it wrote the bundle. */
        TRAINER,
        /** The bundle's own network: proves that it still does what it did, not that this was right. */
        SELF;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

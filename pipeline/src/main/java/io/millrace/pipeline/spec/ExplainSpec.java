/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.time.Duration;

/**
 * Which predictions are explained, and how.
 *
 * @param when an expression over the score
 * @param top how many reasons are told
 * @param budget how long a prediction waits for its explanation
 */
public record ExplainSpec(Method method, String when, int top, Duration budget) implements Serializable {

    public static final int DEFAULT_TOP = 5;
    public static final Duration DEFAULT_BUDGET = Duration.ofMillis(5);
    public static final String ALWAYS = "true";

    /** How contributions are found. */
    public enum Method {
        INTEGRATED_GRADIENTS("integrated_gradients"),
        OCCLUSION("occlusion"),
        KERNEL_SHAP("kernel_shap"),
        COUNTERFACTUAL("counterfactual");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        /** As the pipeline file has it. */
        public String word() {
            return word;
        }
    }
}

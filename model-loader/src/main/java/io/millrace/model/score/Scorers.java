/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;

/** Opens scorers. */
public final class Scorers {

    private Scorers() {}

    /**
     * The scorer for a bundle: the golden cases are put to DL4J first, then to the compiled plan, which is taken if it
     * agrees with DL4J on all of them to 1e-5; otherwise DL4J scores.
     *
     * @throws ModelException when DL4J does not build the network or does not pass the exam
     */
    public static Scorer open(Bundle bundle, int maxBatch) {
        try {
            return examined(bundle, maxBatch);
        } catch (ModelException e) {
            throw e.within("model '" + bundle.version().name() + "' "
                    + bundle.version().version());
        }
    }

    private static Scorer examined(Bundle bundle, int maxBatch) {
        GoldenExam exam = new GoldenExam(bundle);
        NetworkScorer dl4j =
                NetworkScorer.open(bundle.network(), bundle.description().layout(), maxBatch);
        boolean kept = false;
        try {
            float[] answers = exam.answers(dl4j);
            exam.require(answers);
            CompiledPlan plan = CompiledPlan.of(bundle.network(), maxBatch);
            if (plan != null && GoldenExam.agree(exam.answers(plan), answers)) {
                return plan;
            }
            kept = true;
            return dl4j;
        } finally {
            if (!kept) {
                dl4j.close();
            }
        }
    }
}

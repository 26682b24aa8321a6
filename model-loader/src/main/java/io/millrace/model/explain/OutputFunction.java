/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import io.millrace.model.bundle.Bundle;
import io.millrace.model.score.ScoringProgram;

/** The last output of a network as a function of raw rows, in batches. Used by one thread. */
final class OutputFunction implements AutoCloseable {

    static final int MOST_ROWS = 64;

    private final ScoringProgram program;
    private final int inputs;

    private OutputFunction(ScoringProgram program, int inputs) {
        this.program = program;
        this.inputs = inputs;
    }

    static OutputFunction of(Bundle bundle) {
        return new OutputFunction(
                ScoringProgram.open(bundle, MOST_ROWS, null), bundle.inputs().size());
    }

    int inputs() {
        return inputs;
    }

    /**
     * Evaluates rows from 0 to {@code count}, at most {@link #MOST_ROWS}.
     *
     * @param rows raw; NaN is the training mean
     * @param outputs receives one number a row; NaN where the network gives none
     */
    void evaluate(double[][] rows, int count, double[] outputs, int from) {
        for (int row = 0; row < count; row++) {
            program.put(row, rows[row]);
        }
        program.score(count);
        for (int row = 0; row < count; row++) {
            float[] answer = program.outputs(row);
            outputs[from + row] = program.fault(row) == null ? answer[answer.length - 1] : Double.NaN;
        }
    }

    @Override
    public void close() {
        program.close();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.kernel.NetworkCompiler;
import io.millrace.model.kernel.Step;
import io.millrace.model.network.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dense network as plain Java loops: a row's outputs have the same bits whatever stands beside it. */
public final class CompiledPlan implements Scorer {

    private final int inputs;
    private final int maxBatch;
    private final Step[] steps;
    private final float[][] values;

    private CompiledPlan(int inputs, int maxBatch, List<Step> steps) {
        this.inputs = inputs;
        this.maxBatch = maxBatch;
        this.steps = steps.toArray(Step[]::new);
        this.values = new float[steps.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[this.steps[i].outputs()];
        }
    }

    /** The plan, or null when some layer of the network has no kernel. */
    public static @Nullable CompiledPlan of(Network network, int maxBatch) {
        List<Step> steps = NetworkCompiler.compile(network);
        return steps.isEmpty() ? null : new CompiledPlan(network.inputs(), maxBatch, steps);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return values[values.length - 1].length;
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public String engine() {
        return "compiled plan";
    }

    @Override
    public boolean gainsFromBatches() {
        return false;
    }

    @Override
    public void score(float[] rows, int count, float[] outputs) {
        int width = outputs();
        float[] last = values[values.length - 1];
        for (int row = 0; row < count; row++) {
            scoreRow(rows, row * inputs);
            System.arraycopy(last, 0, outputs, row * width, width);
        }
    }

    private void scoreRow(float[] rows, int offset) {
        steps[0].apply(rows, offset, values[0]);
        for (int i = 1; i < steps.length; i++) {
            steps[i].apply(values[i - 1], 0, values[i]);
        }
    }

    @Override
    public void close() {}
}

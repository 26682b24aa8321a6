/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

import io.millrace.model.network.Layer;
import io.millrace.model.network.Network;
import io.millrace.model.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a network into steps, with its weights laid out as the kernels want them. */
public final class NetworkCompiler {

    /** Below this many outputs a loop over outputs is too short to vectorize. */
    private static final int NARROW = 8;

    private final float[] weights;
    private int position;

    private NetworkCompiler(float[] weights) {
        this.weights = weights;
    }

    /** The steps, one per layer; empty when some layer has no kernel, or layers do not simply follow each other. */
    public static List<Step> compile(Network network) {
        if (network.kind() != Network.Kind.SEQUENTIAL) {
            return List.of();
        }
        NetworkCompiler compiler = new NetworkCompiler(network.weights());
        List<Step> steps = new ArrayList<>();
        for (Layer layer : network.layers().values()) {
            Step step = compiler.step(layer);
            if (step == null) {
                return List.of();
            }
            steps.add(step);
        }
        return steps;
    }

    private @Nullable Step step(Layer layer) {
        if (layer instanceof Layer.Dense dense) {
            return dense(dense);
        }
        if (layer instanceof Layer.BatchNormalization normalization) {
            return normalization(normalization);
        }
        return layer instanceof Layer.Elementwise elementwise ? elementwise(elementwise) : null;
    }

    private @Nullable Step dense(Layer.Dense layer) {
        ActivationFunction activation = Activations.of(layer.activation());
        if (activation == null || layer.normalized()) {
            return null;
        }
        float[][] columns = new float[layer.outputs()][];
        for (int o = 0; o < columns.length; o++) {
            columns[o] = take(layer.inputs());
        }
        float[] bias = layer.bias() ? take(layer.outputs()) : new float[layer.outputs()];
        if (columns.length < NARROW) {
            return new NarrowStep(columns, bias, activation);
        }
        return new DenseStep(transposed(columns, layer.inputs()), bias, activation);
    }

    private Step normalization(Layer.BatchNormalization layer) {
        int width = layer.width();
        float[] gamma = layer.locked() ? filled(width, layer.gamma()) : take(width);
        float[] beta = layer.locked() ? filled(width, layer.beta()) : take(width);
        float[] mean = take(width);
        float[] spread = take(width);
        float[] scale = new float[width];
        for (int i = 0; i < width; i++) {
            double deviation = layer.logDeviation() ? StrictMath.pow(10, spread[i]) : 0;
            double variance = layer.logDeviation() ? deviation * deviation : spread[i];
            scale[i] = (float) (gamma[i] / Math.sqrt(variance + layer.epsilon()));
        }
        return new ScaleStep(mean, scale, beta);
    }

    private static @Nullable Step elementwise(Layer.Elementwise layer) {
        ActivationFunction activation = Activations.of(layer.activation());
        return activation == null || !(layer.input() instanceof Shape.Row)
                ? null
                : new ElementwiseStep(layer.output().values(), activation);
    }

    private float[] take(int count) {
        position += count;
        return Arrays.copyOfRange(weights, position - count, position);
    }

    private static float[] filled(int width, double value) {
        float[] values = new float[width];
        Arrays.fill(values, (float) value);
        return values;
    }

    private static float[][] transposed(float[][] columns, int inputs) {
        float[][] rows = new float[inputs][columns.length];
        for (int o = 0; o < columns.length; o++) {
            for (int i = 0; i < inputs; i++) {
                rows[i][o] = columns[o][i];
            }
        }
        return rows;
    }
}

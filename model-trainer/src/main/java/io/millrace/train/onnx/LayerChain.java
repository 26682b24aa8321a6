/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import io.millrace.model.ModelException;
import io.millrace.train.network.NetworkDraft.Weights;
import io.millrace.train.network.RefusedModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * Dense layers as they grow out of a chain of operators: products, sums and scales gather in one affine map until an
 * activation closes it. Two products with nothing between them are two layers, since multiplying their matrices would round
 * differently.
 */
final class LayerChain {

    private static final long MOST_PARAMETERS = 50_000_000;

    private final List<Dense> layers = new ArrayList<>();
    private int width;
    private long parameters;
    /** Row-major, inputs × outputs; null while the open layer is a scale and a shift of each value alone. */
    private float @Nullable [] matrix;

    private int matrixInputs;
    private float[] scale;
    private float[] shift;
    private boolean open;

    /**
     * One dense layer.
     *
     * @param matrix inputs × outputs, row-major
     */
    record Dense(float[] matrix, float[] bias, int inputs, int outputs, IActivation activation, String activationName) {

        DenseLayer layer() {
            return new DenseLayer.Builder()
                    .nIn(inputs)
                    .nOut(outputs)
                    .activation(activation)
                    .build();
        }

        Map<String, Weights> weights() {
            return Map.of("W", new Weights(matrix, inputs, outputs), "b", new Weights(bias, 1, outputs));
        }
    }

    LayerChain(int width) {
        this.width = width;
        this.scale = filled(1);
        this.shift = filled(0);
    }

    /** How many values a row has here. */
    int width() {
        return width;
    }

    /** x · weights. */
    void multiply(String node, float[] weights, int inputs, int outputs) {
        if (inputs != width) {
            throw new RefusedModelException(
                    ModelException.Code.PARAMETERS,
                    node + " takes rows of " + inputs + " values, the operator before gives " + width
                            + ". Export the model again.");
        }
        if (matrix != null) {
            close(new ActivationIdentity(), "identity");
        }
        count((long) inputs * outputs + outputs);
        float[] product = new float[inputs * outputs];
        float[] moved = new float[outputs];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                product[i * outputs + o] = scale[i] * weights[i * outputs + o];
                moved[o] += shift[i] * weights[i * outputs + o];
            }
        }
        matrix = product;
        matrixInputs = inputs;
        width = outputs;
        scale = filled(1);
        shift = moved;
        open = true;
    }

    /** x · factors + summands, value by value. */
    void scale(float[] factors, float[] summands) {
        for (int o = 0; o < width; o++) {
            shift[o] = shift[o] * factors[o] + summands[o];
            if (matrix == null) {
                scale[o] *= factors[o];
                continue;
            }
            for (int i = 0; i < matrixInputs; i++) {
                matrix[i * width + o] *= factors[o];
            }
        }
        open = true;
    }

    /** Closes the layer. */
    void activate(IActivation function, String name) {
        close(function, name);
    }

    private void close(IActivation function, String name) {
        float[] weights = matrix == null ? diagonal() : matrix;
        int inputs = matrix == null ? width : matrixInputs;
        layers.add(new Dense(weights, shift, inputs, width, function, name));
        matrix = null;
        scale = filled(1);
        shift = filled(0);
        open = false;
    }

    private float[] diagonal() {
        count((long) width * width + width);
        float[] weights = new float[width * width];
        for (int i = 0; i < width; i++) {
            weights[i * width + i] = scale[i];
        }
        return weights;
    }

    private void count(long more) {
        parameters += more;
        if (parameters > MOST_PARAMETERS) {
            throw new RefusedModelException(
                    ModelException.Code.PARAMETERS,
                    "its layers have more than " + MOST_PARAMETERS + " parameters. Use a smaller network.");
        }
    }

    /** All layers, the open one closed. */
    List<Dense> layers() {
        if (open) {
            close(new ActivationIdentity(), "identity");
        }
        if (layers.isEmpty()) {
            throw new RefusedModelException("its graph computes nothing. Export a trained network.");
        }
        return layers;
    }

    private float[] filled(float value) {
        float[] values = new float[width];
        Arrays.fill(values, value);
        return values;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

import io.millrace.model.network.Activation;
import org.jspecify.annotations.Nullable;

/**
 * The activation functions that have a kernel, by DL4J's names and with its constants.
 *
 * <p>SELU: Klambauer et al. 2017, Self-Normalizing Neural Networks, section 2. Hard sigmoid: Courbariaux et al. 2015,
 * BinaryConnect, with DL4J's slope 0.2. Swish: Ramachandran et al. 2017, Searching for Activation Functions.
 */
final class Activations {

    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;
    /** From here on log(1 + e^x) is x in float arithmetic. */
    private static final float SOFTPLUS_LINEAR = 30f;

    private Activations() {}

    /** The function, or null when it has no kernel. */
    static @Nullable ActivationFunction of(Activation activation) {
        return switch (activation.name()) {
            case "Identity" -> (values, count) -> {};
            case "ReLU" -> relu(activation);
            case "ReLU6" -> clipped(0, 6);
            case "HardTanH" -> clipped(-1, 1);
            case "LReLU" -> leaky((float) activation.parameter("alpha", 0.01));
            case "Softmax" -> Activations::softmax;
            default -> elementwise(activation);
        };
    }

    private static @Nullable ActivationFunction elementwise(Activation activation) {
        Scalar scalar = scalar(activation);
        if (scalar == null) {
            return null;
        }
        return (values, count) -> {
            for (int i = 0; i < count; i++) {
                values[i] = scalar.of(values[i]);
            }
        };
    }

    private static @Nullable Scalar scalar(Activation activation) {
        double alpha = activation.parameter("alpha", 1);
        return switch (activation.name()) {
            case "Sigmoid" -> x -> (float) Exponential.sigmoid(x);
            case "TanH" -> x -> (float) Exponential.tanh(x);
            case "ELU" -> x -> x > 0 ? x : (float) (alpha * (Exponential.exp(x) - 1));
            case "SELU" -> x -> (float) (SELU_SCALE * (x > 0 ? x : SELU_ALPHA * (Exponential.exp(x) - 1)));
            case "HardSigmoid" -> x -> Math.max(0f, Math.min(1f, 0.2f * x + 0.5f));
            case "SoftPlus" -> x -> x > SOFTPLUS_LINEAR ? x : (float) StrictMath.log1p(Exponential.exp(x));
            case "SoftSign" -> x -> x / (1 + Math.abs(x));
            case "Swish" -> x -> (float) (x * Exponential.sigmoid(x));
            case "Cube" -> x -> x * x * x;
            default -> null;
        };
    }

    /** A plain or capped rectifier; with a slope or a threshold it has no kernel. */
    private static @Nullable ActivationFunction relu(Activation relu) {
        if (relu.parameter("threshold", 0) != 0) {
            return null;
        }
        double slope = relu.parameter("negativeSlope", 0);
        double max = relu.parameter("max", Double.POSITIVE_INFINITY);
        if (slope == 0) {
            return Double.isInfinite(max) ? Activations::rectify : clipped(0, (float) max);
        }
        return Double.isInfinite(max) ? leaky((float) slope) : null;
    }

    private static void rectify(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.max(values[i], 0f);
        }
    }

    private static ActivationFunction clipped(float least, float most) {
        return (values, count) -> {
            for (int i = 0; i < count; i++) {
                values[i] = Math.min(Math.max(values[i], least), most);
            }
        };
    }

    private static ActivationFunction leaky(float slope) {
        return (values, count) -> {
            for (int i = 0; i < count; i++) {
                values[i] = values[i] < 0 ? slope * values[i] : values[i];
            }
        };
    }

    /** e^(x − max) / Σ e^(x − max). */
    private static void softmax(float[] values, int count) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, values[i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            values[i] = (float) Exponential.exp(values[i] - max);
            sum += values[i];
        }
        for (int i = 0; i < count; i++) {
            values[i] = (float) (values[i] / sum);
        }
    }

    private interface Scalar {
        float of(float x);
    }
}

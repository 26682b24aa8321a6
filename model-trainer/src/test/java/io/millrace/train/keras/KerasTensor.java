/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * What Keras 2 says its layers compute, in plain loops and double arithmetic, on one row: height × width × channels, channels
 * last. A sequence has the width 1, a row one place.
 *
 * @param values row-major
 */
record KerasTensor(int height, int width, int channels, double[] values) {

    static KerasTensor row(double... values) {
        return new KerasTensor(1, 1, values.length, values);
    }

    private static KerasTensor zeros(int height, int width, int channels) {
        return new KerasTensor(height, width, channels, new double[height * width * channels]);
    }

    double at(int y, int x, int c) {
        return values[(y * width + x) * channels + c];
    }

    private void set(int y, int x, int c, double value) {
        values[(y * width + x) * channels + c] = value;
    }

    KerasTensor shaped(int newHeight, int newWidth, int newChannels) {
        return new KerasTensor(newHeight, newWidth, newChannels, values);
    }

    KerasTensor each(DoubleUnaryOperator function) {
        return new KerasTensor(
                height, width, channels, Arrays.stream(values).map(function).toArray());
    }

    KerasTensor with(KerasTensor other, DoubleBinaryOperator function) {
        double[] joined = new double[values.length];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = function.applyAsDouble(values[i], other.values[i]);
        }
        return new KerasTensor(height, width, channels, joined);
    }

    /** Over the channels of every place. */
    KerasTensor softmax() {
        KerasTensor out = zeros(height, width, channels);
        for (int place = 0; place < height * width; place++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += Math.exp(values[place * channels + c]);
            }
            for (int c = 0; c < channels; c++) {
                out.values[place * channels + c] = Math.exp(values[place * channels + c]) / sum;
            }
        }
        return out;
    }

    KerasTensor concatenated(KerasTensor other) {
        KerasTensor out = zeros(height, width, channels + other.channels);
        for (int place = 0; place < height * width; place++) {
            for (int c = 0; c < out.channels; c++) {
                out.values[place * out.channels + c] = c < channels
                        ? values[place * channels + c]
                        : other.values[place * other.channels + c - channels];
            }
        }
        return out;
    }

    /** A window of one place: dense at every place. */
    KerasTensor dense(float[] kernel, float[] bias) {
        return convolution(new Window(1, 1, 1, 1, 1, 1, "valid"), kernel, bias);
    }

    /** Moving statistics per channel. */
    KerasTensor normalized(float[] gamma, float[] beta, float[] mean, float[] variance, double epsilon) {
        KerasTensor out = zeros(height, width, channels);
        for (int i = 0; i < values.length; i++) {
            int c = i % channels;
            out.values[i] = gamma[c] * (values[i] - mean[c]) / Math.sqrt(variance[c] + epsilon) + beta[c];
        }
        return out;
    }

    /** A window that slides: of {@code rows × columns} places, {@code padding} as TensorFlow defines it. */
    record Window(int rows, int columns, int down, int right, int dilateDown, int dilateRight, String padding) {

        static Window of(int size, int stride, int dilation, String padding) {
            return new Window(size, 1, stride, 1, dilation, 1, padding);
        }

        private int places(int length, int size, int stride, int dilation) {
            int reach = (size - 1) * dilation + 1;
            return padding.equals("valid") ? (length - reach) / stride + 1 : (length + stride - 1) / stride;
        }

        /** How many zeros stand in front. */
        private int before(int length, int size, int stride, int dilation) {
            int reach = (size - 1) * dilation + 1;
            return switch (padding) {
                case "same" -> Math.max(0, (places(length, size, stride, dilation) - 1) * stride + reach - length) / 2;
                case "causal" -> reach - 1;
                default -> 0;
            };
        }
    }

    /** The kernel is (rows, columns, inputs, outputs); zeros stand around. */
    KerasTensor convolution(Window window, float[] kernel, float[] bias) {
        int outputs = bias.length;
        int top = window.before(height, window.rows, window.down, window.dilateDown);
        int left = window.before(width, window.columns, window.right, window.dilateRight);
        KerasTensor out = zeros(
                window.places(height, window.rows, window.down, window.dilateDown),
                window.places(width, window.columns, window.right, window.dilateRight),
                outputs);
        for (int y = 0; y < out.height; y++) {
            for (int x = 0; x < out.width; x++) {
                for (int o = 0; o < outputs; o++) {
                    double sum = bias[o];
                    for (int i = 0; i < window.rows; i++) {
                        for (int j = 0; j < window.columns; j++) {
                            int fromY = y * window.down - top + i * window.dilateDown;
                            int fromX = x * window.right - left + j * window.dilateRight;
                            if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) {
                                continue;
                            }
                            for (int c = 0; c < channels; c++) {
                                sum += at(fromY, fromX, c)
                                        * kernel[((i * window.columns + j) * channels + c) * outputs + o];
                            }
                        }
                    }
                    out.set(y, x, o, sum);
                }
            }
        }
        return out;
    }

    /** The greatest or the mean of what is under the window; what stands around does not count. */
    KerasTensor pooled(Window window, boolean greatest) {
        int top = window.before(height, window.rows, window.down, 1);
        int left = window.before(width, window.columns, window.right, 1);
        KerasTensor out = zeros(
                window.places(height, window.rows, window.down, 1),
                window.places(width, window.columns, window.right, 1),
                channels);
        for (int y = 0; y < out.height; y++) {
            for (int x = 0; x < out.width; x++) {
                for (int c = 0; c < channels; c++) {
                    double max = Double.NEGATIVE_INFINITY;
                    double sum = 0;
                    int count = 0;
                    for (int fromY = y * window.down - top; fromY < y * window.down - top + window.rows; fromY++) {
                        for (int fromX = x * window.right - left;
                                fromX < x * window.right - left + window.columns;
                                fromX++) {
                            if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) {
                                continue;
                            }
                            max = Math.max(max, at(fromY, fromX, c));
                            sum += at(fromY, fromX, c);
                            count++;
                        }
                    }
                    out.set(y, x, c, greatest ? max : sum / count);
                }
            }
        }
        return out;
    }

    KerasTensor globallyPooled(boolean greatest) {
        return pooled(new Window(height, width, 1, 1, 1, 1, "valid"), greatest);
    }

    /** h = f(x·W + h·U + b), the state after every step. */
    KerasTensor simpleRnn(float[] kernel, float[] recurrent, float[] bias, DoubleUnaryOperator function) {
        int units = bias.length;
        KerasTensor out = zeros(height, 1, units);
        double[] state = new double[units];
        for (int step = 0; step < height; step++) {
            double[] next = gates(kernel, recurrent, bias, step, state);
            for (int u = 0; u < units; u++) {
                next[u] = function.applyAsDouble(next[u]);
                out.set(step, 0, u, next[u]);
            }
            state = next;
        }
        return out;
    }

    /** Gates input, forget, cell, output: c = f·c + i·g(cell), h = o·g(c). */
    KerasTensor lstm(
            float[] kernel, float[] recurrent, float[] bias, DoubleUnaryOperator gate, DoubleUnaryOperator function) {
        int units = bias.length / 4;
        KerasTensor out = zeros(height, 1, units);
        double[] state = new double[units];
        double[] cell = new double[units];
        for (int step = 0; step < height; step++) {
            double[] sums = gates(kernel, recurrent, bias, step, state);
            double[] next = new double[units];
            for (int u = 0; u < units; u++) {
                double input = gate.applyAsDouble(sums[u]);
                double forget = gate.applyAsDouble(sums[units + u]);
                double output = gate.applyAsDouble(sums[3 * units + u]);
                cell[u] = forget * cell[u] + input * function.applyAsDouble(sums[2 * units + u]);
                next[u] = output * function.applyAsDouble(cell[u]);
                out.set(step, 0, u, next[u]);
            }
            state = next;
        }
        return out;
    }

    private double[] gates(float[] kernel, float[] recurrent, float[] bias, int step, double[] state) {
        double[] sums = new double[bias.length];
        for (int s = 0; s < sums.length; s++) {
            sums[s] = bias[s];
            for (int c = 0; c < channels; c++) {
                sums[s] += at(step, 0, c) * kernel[c * sums.length + s];
            }
            for (int u = 0; u < state.length; u++) {
                sums[s] += state[u] * recurrent[u * sums.length + s];
            }
        }
        return sums;
    }

    KerasTensor lastStep() {
        double[] last = Arrays.copyOfRange(values, values.length - channels, values.length);
        return row(last);
    }

    /** One vector per number. */
    KerasTensor embedded(float[] vectors, int width) {
        KerasTensor out = zeros(values.length, 1, width);
        for (int step = 0; step < values.length; step++) {
            for (int c = 0; c < width; c++) {
                out.set(step, 0, c, vectors[(int) values[step] * width + c]);
            }
        }
        return out;
    }
}

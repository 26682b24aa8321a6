/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Shapley values of the game in which an input that does not take part is its training mean, as the solution of a weighted least
 * squares problem over coalitions (S. Lundberg and S.-I. Lee, "A unified approach to interpreting model predictions", 2017). Up to
 * ten inputs all coalitions are weighed and the values are exact; of more, {@value #SAMPLES} are drawn in pairs, each with
 * its complement (I. Covert and S.-I. Lee, 2021). The values always sum to the whole.
 */
final class KernelShap implements Explainer {

    static final int MOST_EXACT = 10;
    static final int SAMPLES = 2_048;

    private final OutputFunction function;
    private final double[][] rows = new double[OutputFunction.MOST_ROWS][];

    KernelShap(OutputFunction function) {
        this.function = function;
    }

    @Override
    public @Nullable Contributions explain(double[] inputs, long seed, Deadline deadline) {
        int size = inputs.length;
        Coalitions coalitions = size <= MOST_EXACT ? Coalitions.all(size) : Coalitions.drawn(size, SAMPLES, seed);
        double[] outputs = new double[coalitions.size() + 2];
        for (int from = 0; from < outputs.length; from += OutputFunction.MOST_ROWS) {
            if (deadline.isOver()) {
                return null;
            }
            int count = Math.min(OutputFunction.MOST_ROWS, outputs.length - from);
            for (int row = 0; row < count; row++) {
                rows[row] = row(inputs, coalitions, from + row);
            }
            function.evaluate(rows, count, outputs, from);
        }
        double[] values = coalitions.solve(outputs);
        return new Contributions(values, outputs[0], outputs[1], null);
    }

    private static double[] row(double[] inputs, Coalitions coalitions, int row) {
        double[] copy = inputs.clone();
        if (row == 1) {
            Arrays.fill(copy, Double.NaN);
        }
        for (int i = 0; row > 1 && i < copy.length; i++) {
            copy[i] = coalitions.has(row - 2, i) ? copy[i] : Double.NaN;
        }
        return copy;
    }

    @Override
    public void close() {
        function.close();
    }

    /** Coalitions that are neither empty nor whole, with their weights. */
    static final class Coalitions {
        private final boolean[][] members;
        private final double[] weights;

        private Coalitions(boolean[][] members, double[] weights) {
            this.members = members;
            this.weights = weights;
        }

        /** All of them, weighed by the Shapley kernel. */
        static Coalitions all(int size) {
            int count = Math.max(0, (1 << size) - 2);
            boolean[][] members = new boolean[count][size];
            double[] weights = new double[count];
            for (int coalition = 0; coalition < count; coalition++) {
                int bits = coalition + 1;
                for (int i = 0; i < size; i++) {
                    members[coalition][i] = (bits >> i & 1) == 1;
                }
                weights[coalition] = kernel(size, Integer.bitCount(bits));
            }
            return new Coalitions(members, weights);
        }

        /** Drawn by the kernel, which then is no weight any more. */
        static Coalitions drawn(int size, int count, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] bySize = new double[size];
            for (int of = 1; of < size; of++) {
                bySize[of] = bySize[of - 1] + (size - 1.0) / of / (size - of);
            }
            boolean[][] members = new boolean[count][size];
            for (int pair = 0; pair + 1 < count; pair += 2) {
                double at = random.nextDouble() * bySize[size - 1];
                int wanted = 1;
                while (wanted < size - 1 && bySize[wanted] <= at) {
                    wanted++;
                }
                int left = wanted;
                for (int i = 0; i < size; i++) {
                    boolean taken = random.nextInt(size - i) < left;
                    members[pair][i] = taken;
                    members[pair + 1][i] = !taken;
                    left -= taken ? 1 : 0;
                }
            }
            double[] weights = new double[count];
            Arrays.fill(weights, 1);
            return new Coalitions(members, weights);
        }

        private static double kernel(int size, int of) {
            double choices = 1;
            for (int i = 1; i <= of; i++) {
                choices = choices * (size - of + i) / i;
            }
            return (size - 1) / (choices * of * (size - of));
        }

        int size() {
            return members.length;
        }

        boolean has(int coalition, int input) {
            return members[coalition][input];
        }

        /**
         * The values that fit the coalitions best and sum to the whole: the last one is expressed by the others.
         *
         * @param outputs of the whole, of the baseline, then of each coalition
         */
        double[] solve(double[] outputs) {
            double whole = outputs[0] - outputs[1];
            int size = members.length == 0 ? 1 : members[0].length;
            int last = size - 1;
            double[][] normal = new double[last][last + 1];
            for (int coalition = 0; coalition < members.length; coalition++) {
                double lastIn = members[coalition][last] ? 1 : 0;
                double target = outputs[coalition + 2] - outputs[1] - lastIn * whole;
                for (int i = 0; i < last; i++) {
                    double mine = weights[coalition] * ((members[coalition][i] ? 1 : 0) - lastIn);
                    for (int j = 0; j < last && mine != 0; j++) {
                        normal[i][j] += mine * ((members[coalition][j] ? 1 : 0) - lastIn);
                    }
                    normal[i][last] += mine * target;
                }
            }
            double[] values = Arrays.copyOf(eliminate(normal), size);
            values[last] = whole - Arrays.stream(values, 0, last).sum();
            return values;
        }

        /** Gauss, with the greatest pivot; an input that no coalition tells apart has no value of its own. */
        private static double[] eliminate(double[][] rows) {
            int size = rows.length;
            for (int column = 0; column < size; column++) {
                int pivot = column;
                for (int row = column + 1; row < size; row++) {
                    pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
                }
                double[] swapped = rows[pivot];
                rows[pivot] = rows[column];
                rows[column] = swapped;
                for (int row = 0; row < size; row++) {
                    double factor = row == column || swapped[column] == 0 ? 0 : rows[row][column] / swapped[column];
                    for (int i = column; i <= size && factor != 0; i++) {
                        rows[row][i] -= factor * swapped[i];
                    }
                }
            }
            double[] solved = new double[size];
            for (int row = 0; row < size; row++) {
                solved[row] = rows[row][row] == 0 ? 0 : rows[row][size] / rows[row][row];
            }
            return solved;
        }
    }
}

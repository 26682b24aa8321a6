/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.kernel;

/**
 * The exponential and what is made of it, to a relative error below 1e-13: far below a float's own. Additions,
 * multiplications and divisions of doubles only, so the same bits on every machine, and several times faster than {@code
 * StrictMath}.
 *
 * <p>e^x = 2^k · e^r with k the whole number nearest to x / ln 2 and r = x − k·ln 2, ln 2 split in two so that k·LN2_HIGH
 * is exact (Cody and Waite 1980, Software Manual for the Elementary Functions, chapter 6); e^r by its Taylor polynomial of
 * degree 12, which for |r| ≤ ln 2 / 2 leaves r^13 / 13! &lt; 2e-16.
 */
final class Exponential {

    private static final double LEAST = -708;
    private static final double MOST = 709;
    private static final double INVERSE_LN2 = 0x1.71547652b82fep0;
    private static final double LN2_HIGH = 0x1.62e42fee00000p-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    /** Below this, tanh x and x − x³/3 are the same float, and 1 − 2 / (e^2x + 1) begins to cancel. */
    private static final double TANH_CUBIC = 1e-3;

    private Exponential() {}

    /** e^x; 0 below −708, infinite above 709, NaN of NaN. */
    static double exp(double x) {
        if (!(x >= LEAST)) {
            return x < LEAST ? 0 : Double.NaN;
        }
        if (x > MOST) {
            return Double.POSITIVE_INFINITY;
        }
        double k = Math.rint(x * INVERSE_LN2);
        double r = (x - k * LN2_HIGH) - k * LN2_LOW;
        return polynomial(r) * Double.longBitsToDouble(((long) k + 1023) << 52);
    }

    /** 1 / (1 + e^−x). */
    static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    /** (e^2x − 1) / (e^2x + 1). */
    static double tanh(double x) {
        if (Math.abs(x) < TANH_CUBIC) {
            return x - x * x * x / 3;
        }
        return 1 - 2 / (exp(2 * x) + 1);
    }

    /** Σ r^n / n!, in pairs of pairs (Estrin's scheme), so that the processor can work on several at once. */
    private static double polynomial(double r) {
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = (1 + r) + r2 * (1 / 2.0 + r * (1 / 6.0));
        double middle = (1 / 24.0 + r * (1 / 120.0)) + r2 * (1 / 720.0 + r * (1 / 5040.0));
        double high = (1 / 40320.0 + r * (1 / 362880.0)) + r2 * (1 / 3628800.0 + r * (1 / 39916800.0));
        return low + r4 * (middle + r4 * (high + r4 * (1 / 479001600.0)));
    }
}

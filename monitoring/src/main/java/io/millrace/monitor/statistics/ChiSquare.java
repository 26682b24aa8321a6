/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.statistics;

/**
 * The χ² distribution.
 *
 * <p>Its upper tail is the regularised incomplete gamma function Q(dof/2, x/2): by its series below a + 1 and by Lentz's
 * continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31), good to 1e-12 relative to the larger of the two tails.
 */
public final class ChiSquare {

    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-16;
    private static final int MOST_STEPS = 100_000;

    /** Lanczos's coefficients for g = 7. */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private ChiSquare() {}

    /** The probability of a greater statistic; 1 at 0 and below, 0 at infinity, NaN without degrees of freedom. */
    public static double upperTail(double statistic, double degrees) {
        if (!(degrees > 0) || Double.isNaN(statistic)) {
            return Double.NaN;
        }
        if (statistic <= 0 || Double.isInfinite(statistic)) {
            return statistic <= 0 ? 1 : 0;
        }
        double shape = degrees / 2;
        double x = statistic / 2;
        double scale = StrictMath.exp(shape * StrictMath.log(x) - x - logGamma(shape));
        return x < shape + 1 ? 1 - scale * series(shape, x) : scale * fraction(shape, x);
    }

    private static double series(double shape, double x) {
        double term = 1 / shape;
        double sum = term;
        for (int n = 1; n < MOST_STEPS && term > sum * PRECISION; n++) {
            term *= x / (shape + n);
            sum += term;
        }
        return sum;
    }

    private static double fraction(double shape, double x) {
        double b = x + 1 - shape;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        double step = 0;
        for (int n = 1; n < MOST_STEPS && Math.abs(step - 1) > PRECISION; n++) {
            double a = -n * (n - shape);
            b += 2;
            d = 1 / awayFromZero(a * d + b);
            c = awayFromZero(b + a / c);
            step = d * c;
            value *= step;
        }
        return value;
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double shape) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (shape + i - 1);
        }
        double top = shape + 6.5;
        return 0.5 * StrictMath.log(2 * Math.PI) + (shape - 0.5) * StrictMath.log(top) - top + StrictMath.log(sum);
    }
}

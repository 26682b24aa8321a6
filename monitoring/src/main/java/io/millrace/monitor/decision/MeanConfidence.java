/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A confidence sequence for the mean of numbers between 0 and 1: with probability 1 − α the mean stays inside at every time,
 * however often one looks and whenever one stops.
 *
 * <p>The predictable plug-in empirical-Bernstein sequence: I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random
 * variables by betting", JRSS B 2023, theorem 2. With m_t and s²_t the mean and variance so far, started at ½ and ¼,
 * λ_t = min(½, √(2 ln(2/α) / (s²_{t−1} t ln(1 + t)))), v_t = (x_t − m_{t−1})² and ψ(λ) = −ln(1 − λ) − λ, the mean lies in
 * (Σ λ x ± (ln(2/α) + Σ v ψ(λ))) / Σ λ at every t, and so in the intersection of these so far.
 *
 * <p>It depends on the order of the numbers: the same order gives the same bits. Not thread-safe.
 */
public final class MeanConfidence {

    private static final int VERSION = 1;
    private static final double MOST_BET = 0.5;

    private final double alpha;
    private final double logOdds;
    private long count;
    private double sum;
    private double squares;
    private double bets;
    private double weighted;
    private double penalty;
    private double lower;
    private double upper = 1;

    /** @param alpha the probability that the mean ever leaves the sequence, between 0 and 1 */
    public MeanConfidence(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha is between 0 and 1, found " + alpha);
        }
        this.alpha = alpha;
        this.logOdds = StrictMath.log(2 / alpha);
    }

    /**
     * Takes the next number.
     *
     * @throws IllegalArgumentException when it is not between 0 and 1
     */
    public void add(double x) {
        if (!(x >= 0 && x <= 1)) {
            throw new IllegalArgumentException("a confidence sequence takes numbers between 0 and 1, found " + x);
        }
        double meanBefore = (0.5 + sum) / (count + 1);
        double varianceBefore = (0.25 + squares) / (count + 1);
        count++;
        double bet =
                Math.min(MOST_BET, Math.sqrt(2 * logOdds / (varianceBefore * count * StrictMath.log(1.0 + count))));
        bets += bet;
        weighted += bet * x;
        penalty += (x - meanBefore) * (x - meanBefore) * (-StrictMath.log(1 - bet) - bet);
        sum += x;
        double mean = (0.5 + sum) / (count + 1);
        squares += (x - mean) * (x - mean);
        double reach = (logOdds + penalty) / bets;
        lower = Math.max(lower, weighted / bets - reach);
        upper = Math.min(upper, weighted / bets + reach);
    }

    public long count() {
        return count;
    }

    /** The mean of the numbers; NaN before the first. */
    public double mean() {
        return sum / count;
    }

    /** The greatest lower end so far. */
    public double lower() {
        return lower;
    }

    /** The least upper end so far. */
    public double upper() {
        return upper;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(alpha);
        out.writeLong(count);
        for (double each : new double[] {sum, squares, bets, weighted, penalty, lower, upper}) {
            out.writeDouble(each);
        }
    }

    static MeanConfidence read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        double alpha = in.readDouble();
        if (version != VERSION || !(alpha > 0 && alpha < 1)) {
            throw new IOException("comparison: version " + version + " with alpha " + alpha
                    + " is unknown, this build reads version " + VERSION + ". Restore with the build that wrote it");
        }
        MeanConfidence confidence = new MeanConfidence(alpha);
        confidence.count = in.readLong();
        confidence.sum = in.readDouble();
        confidence.squares = in.readDouble();
        confidence.bets = in.readDouble();
        confidence.weighted = in.readDouble();
        confidence.penalty = in.readDouble();
        confidence.lower = in.readDouble();
        confidence.upper = in.readDouble();
        return confidence;
    }
}

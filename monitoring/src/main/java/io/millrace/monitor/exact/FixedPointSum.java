/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sum of doubles as an integer of 192 bits in units of 2^-64: the same in any order.
 *
 * <p>A term of magnitude 2^-12 or more enters exactly; a smaller one is rounded once, by at most 2^-65. Integer addition is
 * commutative and associative, so neither the order of terms nor that of merges is seen in the result, and only {@link
 * #value} rounds, to the nearest double. Terms must be below 2^96 in magnitude; 2^31 of the greatest fit.
 */
public final class FixedPointSum {

    /** Magnitudes must be below this. */
    public static final double LIMIT = 0x1p96;

    private static final int FRACTION_BITS = 64;
    private static final int DOUBLE_BIAS = 1075;

    private long low;
    private long middle;
    private long high;

    /** Whether a term can be added: finite and below {@link #LIMIT} in magnitude. */
    public static boolean takes(double term) {
        return Math.abs(term) < LIMIT;
    }

    /** @throws IllegalArgumentException when the term is not below {@link #LIMIT} in magnitude, or NaN */
    public void add(double term) {
        if (!takes(term)) {
            throw new IllegalArgumentException("a sum takes magnitudes below 2^96, found " + term);
        }
        long bits = Double.doubleToRawLongBits(term);
        int exponent = (int) (bits >>> 52) & 0x7FF;
        long fraction = bits & 0xFFFFFFFFFFFFFL;
        long mantissa = exponent == 0 ? fraction << 1 : fraction | 1L << 52;
        int shift = exponent - DOUBLE_BIAS + FRACTION_BITS;
        if (shift < 0) {
            mantissa = rounded(mantissa, -shift);
            shift = 0;
        }
        addShifted(mantissa, shift, term < 0);
    }

    /** Half away from zero. */
    private static long rounded(long mantissa, int drop) {
        return drop > 53 ? 0 : mantissa + (1L << (drop - 1)) >>> drop;
    }

    private void addShifted(long mantissa, int shift, boolean negative) {
        int bit = shift & 63;
        long lower = mantissa << bit;
        long upper = bit == 0 ? 0 : mantissa >>> 64 - bit;
        boolean first = shift < 64;
        long l = first ? lower : 0;
        long m = first ? upper : lower;
        long h = first ? 0 : upper;
        if (negative) {
            l = -l;
            m = ~m + (l == 0 ? 1 : 0);
            h = ~h + (l == 0 && m == 0 ? 1 : 0);
        }
        plus(l, m, h);
    }

    private void plus(long l, long m, long h) {
        low += l;
        long carry = Long.compareUnsigned(low, l) < 0 ? 1 : 0;
        middle += m;
        long next = Long.compareUnsigned(middle, m) < 0 ? 1 : 0;
        middle += carry;
        if (carry == 1 && middle == 0) {
            next = 1;
        }
        high += h + next;
    }

    /** Adds another sum; the other stays as it is. */
    public void merge(FixedPointSum other) {
        plus(other.low, other.middle, other.high);
    }

    public FixedPointSum copy() {
        FixedPointSum copy = new FixedPointSum();
        copy.merge(this);
        return copy;
    }

    /** The double nearest to the sum. */
    public double value() {
        BigInteger units = new BigInteger(ByteBuffer.allocate(24)
                .putLong(high)
                .putLong(middle)
                .putLong(low)
                .array());
        return Math.scalb(units.doubleValue(), -FRACTION_BITS);
    }

    /** 24 bytes, big endian. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(high);
        out.writeLong(middle);
        out.writeLong(low);
    }

    public static FixedPointSum read(DataInput in) throws IOException {
        FixedPointSum sum = new FixedPointSum();
        sum.high = in.readLong();
        sum.middle = in.readLong();
        sum.low = in.readLong();
        return sum;
    }
}

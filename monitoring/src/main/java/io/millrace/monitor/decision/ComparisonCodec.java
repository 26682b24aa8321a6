/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.decision;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of a {@link Comparison}: a version byte, its kind, bounds, clipped values, its sequences. */
public final class ComparisonCodec {

    static final int VERSION = 1;

    private static final int PAIRED = 0;
    private static final int ARMS = 1;

    private ComparisonCodec() {}

    public static void write(Comparison comparison, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        if (comparison instanceof PairedComparison paired) {
            writeHead(PAIRED, paired.bounds, paired.clipped, out);
            paired.differences.write(out);
        } else if (comparison instanceof ArmComparison arms) {
            writeHead(ARMS, arms.bounds, arms.clipped, out);
            arms.champion.write(out);
            arms.challenger.write(out);
        }
    }

    private static void writeHead(int kind, Bounds bounds, long clipped, DataOutput out) throws IOException {
        out.writeByte(kind);
        out.writeDouble(bounds.low());
        out.writeDouble(bounds.high());
        out.writeLong(clipped);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static Comparison read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        int kind = in.readUnsignedByte();
        if (version != VERSION || kind > ARMS) {
            throw new IOException("comparison: version " + version + " of kind " + kind
                    + " is unknown, this build reads version " + VERSION + ". Restore with the build that wrote it");
        }
        Bounds bounds = readBounds(in);
        long clipped = in.readLong();
        if (kind == PAIRED) {
            PairedComparison paired = new PairedComparison(bounds, MeanConfidence.read(in));
            paired.clipped = clipped;
            return paired;
        }
        ArmComparison arms = new ArmComparison(bounds, MeanConfidence.read(in), MeanConfidence.read(in));
        arms.clipped = clipped;
        return arms;
    }

    private static Bounds readBounds(DataInput in) throws IOException {
        try {
            return new Bounds(in.readDouble(), in.readDouble());
        } catch (IllegalArgumentException e) {
            throw new IOException("comparison: " + e.getMessage() + ". The bytes are damaged", e);
        }
    }
}

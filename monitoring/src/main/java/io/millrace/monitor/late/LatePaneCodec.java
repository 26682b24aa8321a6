/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.late;

import io.millrace.monitor.exact.CountCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of a {@link LatePane} and of {@link DelayDistribution}: a version byte, then counts as variable-length integers.
 * The layout is handed in; its numbers of bands and buckets are written to be checked. Equal panes have equal bytes.
 */
public final class LatePaneCodec {

    static final int VERSION = 1;

    private LatePaneCodec() {}

    public static void write(LatePane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.cellStartMillis());
        writeDelays(pane.delays, out);
        CountCodec.writeAll(pane.decidedPositive, out);
        CountCodec.writeAll(pane.decidedNegative, out);
        CountCodec.writeAll(pane.hits, out);
        CountCodec.writeAll(pane.misses, out);
        CountCodec.write(pane.behindHorizon, out);
    }

    /** @throws IOException when the bytes are of another version or layout, or are damaged */
    public static LatePane read(LateLayout layout, DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        LatePane pane = new LatePane(in.readLong(), layout);
        readDelays(pane.delays, in);
        CountCodec.readAll(pane.decidedPositive, in);
        CountCodec.readAll(pane.decidedNegative, in);
        CountCodec.readAll(pane.hits, in);
        CountCodec.readAll(pane.misses, in);
        pane.behindHorizon = CountCodec.read(in);
        return pane;
    }

    public static void write(DelayDistribution distribution, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        writeDelays(distribution.delays, out);
    }

    /** @throws IOException when the bytes are of another version or layout, or are damaged */
    public static DelayDistribution readDistribution(LateLayout layout, DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        DelayDistribution distribution = new DelayDistribution(layout);
        readDelays(distribution.delays, in);
        return distribution;
    }

    private static void writeDelays(long[][] delays, DataOutput out) throws IOException {
        CountCodec.write(delays.length, out);
        CountCodec.write(delays[0].length, out);
        for (long[] band : delays) {
            CountCodec.writeAll(band, out);
        }
    }

    private static void readDelays(long[][] delays, DataInput in) throws IOException {
        long bands = CountCodec.read(in);
        long buckets = CountCodec.read(in);
        if (bands != delays.length || buckets != delays[0].length) {
            throw new IOException("pane: " + bands + " bands of " + buckets + " buckets do not fit the "
                    + delays.length + " of " + delays[0].length
                    + " of its layout. Read it with the layout of the pipeline that wrote it");
        }
        for (long[] band : delays) {
            CountCodec.readAll(band, in);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of a {@link TrafficPane}: a version byte, then counts as variable-length integers (LEB128), histograms sparse.
 *
 * <p>Version 1: window start (8 bytes, big endian); number of features; predictions, decided, positives, behind the
 * watermark; missing values per feature; latency and lag, each as clamped, filled buckets, and per bucket its distance
 * from the one before and its count; the 20 score bins, score sum, scores outside. Equal panes have equal bytes.
 */
public final class TrafficPaneCodec {

    static final int VERSION = 1;

    /** More than any pipeline has; a greater number is damage, and nothing is allocated for it. */
    private static final int MOST_FEATURES = 1 << 16;

    private TrafficPaneCodec() {}

    public static void write(TrafficPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        writeCount(pane.missing.length, out);
        writeCount(pane.predictions, out);
        writeCount(pane.decided, out);
        writeCount(pane.positives, out);
        writeCount(pane.behindWatermark, out);
        for (long count : pane.missing) {
            writeCount(count, out);
        }
        writeDurations(pane.latency, out);
        writeDurations(pane.lag, out);
        writeScores(pane.scores, out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static TrafficPane read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("pane: version " + version + " is unknown, this build reads version " + VERSION
                    + ". Restore with the build that wrote it");
        }
        long start = in.readLong();
        TrafficPane pane = new TrafficPane(start, readBelow(MOST_FEATURES, "number of features", in));
        pane.predictions = readCount(in);
        pane.decided = readCount(in);
        pane.positives = readCount(in);
        pane.behindWatermark = readCount(in);
        for (int i = 0; i < pane.missing.length; i++) {
            pane.missing[i] = readCount(in);
        }
        readDurations(pane.latency, in);
        readDurations(pane.lag, in);
        readScores(pane.scores, in);
        return pane;
    }

    private static void writeDurations(DurationHistogram histogram, DataOutput out) throws IOException {
        writeCount(histogram.clamped(), out);
        writeCount(histogram.filled(), out);
        int previous = 0;
        for (int bucket = 0; bucket < histogram.length(); bucket++) {
            if (histogram.count(bucket) != 0) {
                writeCount(bucket - previous, out);
                writeCount(histogram.count(bucket), out);
                previous = bucket;
            }
        }
    }

    private static void readDurations(DurationHistogram histogram, DataInput in) throws IOException {
        histogram.addClamped(readCount(in));
        int filled = readBelow(DurationHistogram.BUCKETS + 1, "number of buckets", in);
        int bucket = 0;
        for (int i = 0; i < filled; i++) {
            bucket += readBelow(DurationHistogram.BUCKETS - bucket, "distance of buckets", in);
            histogram.addTo(bucket, readCount(in));
        }
    }

    private static void writeScores(ScoreHistogram scores, DataOutput out) throws IOException {
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            writeCount(scores.count(bin), out);
        }
        writeCount(scores.units(), out);
        writeCount(scores.outside(), out);
    }

    private static void readScores(ScoreHistogram scores, DataInput in) throws IOException {
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            scores.addTo(bin, readCount(in));
        }
        scores.addSum(readCount(in), readCount(in));
    }

    private static int readBelow(int bound, String what, DataInput in) throws IOException {
        long value = readCount(in);
        if (value >= bound) {
            throw new IOException(
                    "pane: " + what + " is " + value + ", expected less than " + bound + ". The bytes are damaged");
        }
        return (int) value;
    }

    private static void writeCount(long count, DataOutput out) throws IOException {
        long rest = count;
        while (rest >= 0x80) {
            out.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** At most nine bytes: counts are not negative. */
    private static long readCount(DataInput in) throws IOException {
        long count = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = in.readUnsignedByte();
            count |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return count;
            }
        }
        throw new IOException("pane: a count is longer than 9 bytes. The bytes are damaged");
    }
}

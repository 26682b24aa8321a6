/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of counts: variable-length integers (LEB128) of at most nine bytes, never negative. */
public final class CountCodec {

    private CountCodec() {}

    public static void write(long count, DataOutput out) throws IOException {
        long rest = count;
        while (rest >= 0x80) {
            out.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** @throws IOException when the bytes are damaged */
    public static long read(DataInput in) throws IOException {
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

    /**
     * A count that must stay below a bound, so that damage allocates nothing.
     *
     * @throws IOException when it does not
     */
    public static int readBelow(int bound, String what, DataInput in) throws IOException {
        long value = read(in);
        if (value >= bound) {
            throw new IOException(
                    "pane: " + what + " is " + value + ", expected less than " + bound + ". The bytes are damaged");
        }
        return (int) value;
    }

    public static void writeAll(long[] counts, DataOutput out) throws IOException {
        for (long count : counts) {
            write(count, out);
        }
    }

    /** As many counts as the array has places. */
    public static void readAll(long[] counts, DataInput in) throws IOException {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = read(in);
        }
    }

    /** @throws IOException when the next byte is another version */
    public static void readVersion(int expected, DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != expected) {
            throw new IOException("pane: version " + version + " is unknown, this build reads version " + expected
                    + ". Restore with the build that wrote it");
        }
    }
}

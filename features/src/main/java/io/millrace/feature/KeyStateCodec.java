/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of a {@link KeyState}. Every version that was ever released stays readable.
 *
 * <p>Version 1: the version (1 byte); the greatest time (8); the number of blocks; for each block its id (8), the number of
 * columns, their ids (8 each), the number of entries, their times (each the difference to the one before, zig-zag), then
 * each column's values (8 each, NaN where an entry does not count). Numbers without a width are variable-length, seven bits
 * a byte, low bits first.
 */
public final class KeyStateCodec {

    private static final byte VERSION = 1;
    private static final int MOST_COLUMNS = 1 << 16;

    private KeyStateCodec() {}

    /** Writes the state; the same state gives the same bytes. */
    public static void write(KeyState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state.greatestMillis);
        writeSize(state.blocks.length, out);
        for (Block block : state.blocks) {
            writeBlock(block, out);
        }
    }

    /** Reads a state of any version. */
    public static KeyState read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("key state: version " + version + " is unknown to this build, which reads version "
                    + VERSION + ". Restore with the release that wrote it, or a later one.");
        }
        long greatestMillis = in.readLong();
        Block[] blocks = new Block[readSize(in, MOST_COLUMNS, "blocks")];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = readBlock(in);
        }
        return new KeyState(blocks, greatestMillis);
    }

    private static void writeBlock(Block block, DataOutput out) throws IOException {
        out.writeLong(block.id);
        writeSize(block.columnIds.length, out);
        for (long id : block.columnIds) {
            out.writeLong(id);
        }
        writeSize(block.size(), out);
        long before = 0;
        for (int i = block.from(); i < block.to(); i++) {
            writeVariable(zigZag(block.time(i) - before), out);
            before = block.time(i);
        }
        for (int column = 0; column < block.columnIds.length; column++) {
            double[] values = block.column(column);
            for (int i = block.from(); i < block.to(); i++) {
                out.writeDouble(values[i]);
            }
        }
    }

    private static Block readBlock(DataInput in) throws IOException {
        long id = in.readLong();
        long[] columnIds = new long[readSize(in, MOST_COLUMNS, "columns")];
        for (int i = 0; i < columnIds.length; i++) {
            columnIds[i] = in.readLong();
        }
        int size = readSize(in, Integer.MAX_VALUE - 8, "entries");
        long[] times = readTimes(size, in);
        double[][] columns = new double[columnIds.length][];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = readValues(size, in);
        }
        return new Block(id, columnIds, times, columns, size);
    }

    private static long[] readTimes(int size, DataInput in) throws IOException {
        long[] times = new long[Math.max(1, size)];
        long before = 0;
        for (int i = 0; i < size; i++) {
            before += unZigZag(readVariable(in));
            times[i] = before;
        }
        return times;
    }

    private static double[] readValues(int size, DataInput in) throws IOException {
        double[] values = new double[Math.max(1, size)];
        for (int i = 0; i < size; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static void writeSize(int size, DataOutput out) throws IOException {
        writeVariable(size, out);
    }

    private static int readSize(DataInput in, int most, String what) throws IOException {
        long size = readVariable(in);
        if (size < 0 || size > most) {
            throw new IOException("key state: " + size + " " + what + " cannot be. The bytes are damaged.");
        }
        return (int) size;
    }

    private static void writeVariable(long value, DataOutput out) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readVariable(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("key state: a number has more than 64 bits. The bytes are damaged.");
    }

    private static long zigZag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static long unZigZag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}

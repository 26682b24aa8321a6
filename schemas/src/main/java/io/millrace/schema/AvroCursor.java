/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the Avro binary encoding (Avro specification 1.12, "Binary Encoding") from an array. Every length is held against
 * the bytes that are left before anything is allocated, so a lie in the data costs nothing. Not thread-safe.
 */
final class AvroCursor {

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARIABLE = 10;

    private byte[] bytes = new byte[0];
    private int at;

    void reset(byte[] source, int from) {
        bytes = source;
        at = from;
    }

    int remaining() {
        return bytes.length - at;
    }

    int position() {
        return at;
    }

    long readLong() throws Malformed {
        long value = 0;
        for (int i = 0; i < LONGEST_VARIABLE; i++) {
            byte next = readByte();
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new Malformed("a number at byte " + at + " is longer than 64 bits");
    }

    int readInt() throws Malformed {
        long value = readLong();
        if (value != (int) value) {
            throw new Malformed("an int at byte " + at + " is " + value + ", beyond 32 bits");
        }
        return (int) value;
    }

    boolean readBoolean() throws Malformed {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw new Malformed("a boolean at byte " + (at - 1) + " is " + value + ", neither 0 nor 1");
        }
        return value == 1;
    }

    float readFloat() throws Malformed {
        float value = (float) FLOAT.get(bytes, take(Float.BYTES));
        return value;
    }

    double readDouble() throws Malformed {
        double value = (double) DOUBLE.get(bytes, take(Double.BYTES));
        return value;
    }

    String readString() throws Malformed {
        int length = readLength();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    byte[] readBytes() throws Malformed {
        int length = readLength();
        int from = take(length);
        return java.util.Arrays.copyOfRange(bytes, from, from + length);
    }

    byte[] readFixed(int length) throws Malformed {
        int from = take(length);
        return java.util.Arrays.copyOfRange(bytes, from, from + length);
    }

    void skip(int length) throws Malformed {
        take(length);
    }

    void skipLengthPrefixed() throws Malformed {
        take(readLength());
    }

    private int readLength() throws Malformed {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw new Malformed(
                    "a length at byte " + at + " is " + length + ", but " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    private byte readByte() throws Malformed {
        if (at >= bytes.length) {
            throw new Malformed("the value ends at byte " + at + " in the middle of a field");
        }
        return bytes[at++];
    }

    private int take(int length) throws Malformed {
        if (length > remaining()) {
            throw new Malformed("the value ends at byte " + bytes.length + " in the middle of a field");
        }
        int from = at;
        at += length;
        return from;
    }
}

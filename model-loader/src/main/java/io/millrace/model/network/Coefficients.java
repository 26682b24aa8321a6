/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import io.millrace.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * {@code coefficients.bin}: one vector of floats in the binary format of ND4J 1.0.0-M2.1 ({@code Nd4j.write}).
 *
 * <p>Two buffers, big-endian, each: allocation mode (UTF), length (8 bytes), type (UTF), values. The first is the shape
 * descriptor, longs: rank, shape, stride, flags, element stride, order. The second holds the values. Older versions write
 * another allocation mode and a vector of rank 2; both are read.
 */
public final class Coefficients {

    private static final String FILE = "coefficients.bin: ";
    private static final String MODE = "MIXED_DATA_TYPES";
    private static final Set<String> MODES = Set.of(MODE, "LONG_SHAPE");
    private static final long FLOAT_FLAG = 0x2000;
    private static final int MAX_NAME = 32;

    private Coefficients() {}

    /** The values, exactly as many as expected; nothing is allocated before every count has been found to agree. */
    public static float[] read(byte[] bytes, int expected) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            readShape(in, expected);
            readHeader(in, "FLOAT", "values", expected, expected);
        } catch (BufferUnderflowException e) {
            throw new ModelException(
                    ModelException.Code.PARAMETERS,
                    FILE + "ends inside its header, after " + bytes.length + " bytes. Write the bundle again.",
                    e);
        }
        if (in.remaining() != (long) expected * Float.BYTES) {
            throw refuse("has " + in.remaining() + " bytes of values, " + expected + " floats need "
                    + (long) expected * Float.BYTES);
        }
        return finite(in.asFloatBuffer(), expected);
    }

    /** The bytes that ND4J writes for a vector of these values. */
    public static byte[] write(float[] values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96 + values.length * Float.BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            long[] shape = {1, values.length, 1, FLOAT_FLAG, 1, 'c'};
            writeHeader(out, "LONG", shape.length);
            for (long value : shape) {
                out.writeLong(value);
            }
            writeHeader(out, "FLOAT", values.length);
            for (float value : values) {
                out.writeFloat(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void readShape(ByteBuffer in, int expected) {
        long length = readHeader(in, "LONG", "shape entries", 6, 8);
        long rank = in.getLong();
        if (rank < 1 || rank > 2 || length != 2 * rank + 4) {
            throw refuse("has a shape of rank " + rank + " in " + length + " entries, expected one vector");
        }
        long rows = rank == 2 ? in.getLong() : 1;
        long columns = in.getLong();
        if (rows != 1 || columns != expected) {
            throw refuse(
                    "has the shape " + rows + " × " + columns + ", the configuration has " + expected + " parameters");
        }
        skip(in, rank + 1);
        if (in.getLong() != 1) {
            throw refuse("has values that do not stand side by side");
        }
        skip(in, 1);
    }

    /** The strides and flags: of one vector they are known. */
    private static void skip(ByteBuffer in, long entries) {
        for (long i = 0; i < entries; i++) {
            in.getLong();
        }
    }

    private static long readHeader(ByteBuffer in, String type, String what, long least, long most) {
        String mode = readName(in);
        long length = in.getLong();
        String found = readName(in);
        if (!MODES.contains(mode) || !found.equals(type)) {
            throw refuse("holds " + shown(found) + " in the mode " + shown(mode) + ", expected " + type
                    + " in the mode " + MODE);
        }
        if (length < least || length > most) {
            throw refuse("claims " + length + " " + what + ", expected "
                    + (least == most ? String.valueOf(least) : least + " to " + most));
        }
        return length;
    }

    private static String readName(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > MAX_NAME) {
            throw refuse("does not start as ND4J writes an array");
        }
        byte[] name = new byte[length];
        in.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static String shown(String name) {
        return name.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static float[] finite(FloatBuffer in, int count) {
        float[] values = new float[count];
        in.get(values);
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ModelException(
                        ModelException.Code.NON_FINITE,
                        FILE + "weight " + i + " is " + values[i]
                                + ". Train the model again: a network with such a weight answers nothing.");
            }
        }
        return values;
    }

    private static void writeHeader(DataOutputStream out, String type, int length) throws IOException {
        out.writeUTF(MODE);
        out.writeLong(length);
        out.writeUTF(type);
    }

    private static ModelException refuse(String what) {
        return new ModelException(ModelException.Code.PARAMETERS, FILE + what + ". Write the bundle again.");
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads NumPy's {@code .npy} format (NEP 1), versions 1 to 3: little-endian float32 or float64, in C order. */
final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'(<f[48])'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*False");
    private static final Pattern SHAPE =
            Pattern.compile("'shape'\\s*:\\s*\\(\\s*([0-9]{1,9}L?(?:\\s*,\\s*[0-9]{1,9}L?)*)?\\s*,?\\s*\\)");
    private static final int NEWEST_VERSION = 3;
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    private NpyFile() {}

    /** The array as rows: the first dimension, and all others together. */
    static List<double[]> rows(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw refused(file, "is larger than 256 MB. Give fewer cases.");
            }
            return rows(file, ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException unreadable) {
            throw refused(file, "cannot be read. Check the name.");
        }
    }

    private static List<double[]> rows(Path file, ByteBuffer bytes) {
        String header = header(file, bytes);
        Matcher type = TYPE.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!type.find() || !ORDER.matcher(header).find() || !shape.find()) {
            throw refused(
                    file,
                    "holds no little-endian float32 or float64 array in C order. Save it so: np.save(f,"
                            + " np.ascontiguousarray(a, '<f4')).");
        }
        return rows(file, bytes, type.group(1).equals("<f4"), shape(shape.group(1)));
    }

    /** The text between the preamble and the values; leaves the buffer at the values. */
    private static String header(Path file, ByteBuffer bytes) {
        byte[] magic = new byte[MAGIC.length];
        bytes.get(magic, 0, Math.min(magic.length, bytes.remaining()));
        int version = bytes.remaining() < 2 ? 0 : bytes.getShort() & 0xFF;
        int width = version == 1 ? Short.BYTES : Integer.BYTES;
        if (!Arrays.equals(magic, MAGIC) || version < 1 || version > NEWEST_VERSION || bytes.remaining() < width) {
            throw noNpy(file);
        }
        int length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw noNpy(file);
        }
        byte[] header = new byte[length];
        bytes.get(header);
        return new String(header, StandardCharsets.ISO_8859_1);
    }

    private static List<Integer> shape(@Nullable String text) {
        List<Integer> shape = new ArrayList<>();
        if (text != null) {
            for (String size : text.replace("L", "").split(",", -1)) {
                shape.add(Integer.parseInt(size.strip()));
            }
        }
        return shape;
    }

    private static List<double[]> rows(Path file, ByteBuffer bytes, boolean single, List<Integer> shape) {
        if (shape.isEmpty() || shape.contains(0)) {
            throw refused(file, "holds no rows: its shape is " + shape + ". Give one row per case.");
        }
        BigInteger wanted = BigInteger.valueOf(single ? Float.BYTES : Double.BYTES);
        for (int size : shape) {
            wanted = wanted.multiply(BigInteger.valueOf(size));
        }
        if (!wanted.equals(BigInteger.valueOf(bytes.remaining()))) {
            throw refused(
                    file,
                    "promises " + wanted + " bytes of values and has " + bytes.remaining() + ". Write the file again.");
        }
        int width = bytes.remaining() / (single ? Float.BYTES : Double.BYTES) / shape.get(0);
        List<double[]> read = new ArrayList<>(shape.get(0));
        for (int i = 0; i < shape.get(0); i++) {
            double[] row = new double[width];
            for (int j = 0; j < width; j++) {
                row[j] = single ? bytes.getFloat() : bytes.getDouble();
            }
            read.add(row);
        }
        return read;
    }

    private static ModelException noNpy(Path file) {
        return refused(file, "is no .npy file of version 1 to 3. Save it with np.save.");
    }

    private static ModelException refused(Path file, String why) {
        return new ModelException(ModelException.Code.CONTENT, file + ": " + why);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads NumPy's {@code .npy} format (NEP 1), versions 1 to 3: little-endian float32 or float64, in C order. */
final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile(
            "'descr'\\s*:\\s*'(<f[48])'.*'fortran_order'\\s*:\\s*False.*'shape'\\s*:\\s*\\(([0-9, ]*)\\)",
            Pattern.DOTALL);
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    private NpyFile() {}

    /** The array as rows: the first dimension, and all others together. */
    static List<double[]> rows(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw refused(file, "is larger than 256 MB. Give fewer cases");
            }
            return rows(file, ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException unreadable) {
            throw refused(file, "cannot be read. Check the name");
        }
    }

    private static List<double[]> rows(Path file, ByteBuffer bytes) {
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() < MAGIC.length + 4) {
            throw refused(file, "is no .npy file");
        }
        bytes.get(magic);
        int version = bytes.get();
        bytes.get();
        int length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
        if (!java.util.Arrays.equals(magic, MAGIC) || length < 0 || length > bytes.remaining()) {
            throw refused(file, "is no .npy file");
        }
        byte[] header = new byte[length];
        bytes.get(header);
        Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw refused(
                    file,
                    "holds no little-endian float32 or float64 array in C order. Save it so: np.save(f,"
                            + " a.astype('<f4'))");
        }
        return rows(file, bytes, matcher.group(1).equals("<f4"), shape(matcher.group(2)));
    }

    private static List<Integer> shape(String text) {
        List<Integer> shape = new ArrayList<>();
        for (String size : text.split(",", -1)) {
            if (!size.isBlank()) {
                shape.add(Integer.parseInt(size.strip()));
            }
        }
        return shape;
    }

    private static List<double[]> rows(Path file, ByteBuffer bytes, boolean single, List<Integer> shape) {
        int rows = shape.isEmpty() ? 0 : shape.get(0);
        long width = shape.stream().skip(1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        long wanted = rows * width * (single ? Float.BYTES : Double.BYTES);
        if (rows == 0 || wanted != bytes.remaining()) {
            throw refused(file, "promises " + wanted + " bytes of values and has " + bytes.remaining());
        }
        List<double[]> read = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            double[] row = new double[(int) width];
            for (int j = 0; j < row.length; j++) {
                row[j] = single ? bytes.getFloat() : bytes.getDouble();
            }
            read.add(row);
        }
        return read;
    }

    private static ModelException refused(Path file, String why) {
        return new ModelException(ModelException.Code.CONTENT, file + ": " + why + ".");
    }
}

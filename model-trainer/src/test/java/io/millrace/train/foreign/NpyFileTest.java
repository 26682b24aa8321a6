/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

    private static final String NO_NPY = ": is no .npy file of version 1 to 3. Save it with np.save.";
    private static final String NO_ARRAY = ": holds no little-endian float32 or float64 array in C order. Save it so:"
            + " np.save(f, np.ascontiguousarray(a, '<f4')).";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsSinglesAndDoublesOfEveryVersion(int version) throws IOException {
        ByteBuffer singles = floats(1.5f, -2f, Float.MIN_VALUE, Float.NaN, 0f, 7f);
        ByteBuffer doubles = doubles(Math.PI, -0.0, Double.MAX_VALUE, 1e-300);

        List<double[]> six = NpyFile.rows(file(version, header("<f4", "False", "(3, 2)"), singles.array()));
        List<double[]> four = NpyFile.rows(file(version, header("<f8", "False", "(2, 2)"), doubles.array()));

        assertThat(six.toArray()).isEqualTo(new double[][] {{1.5, -2}, {Float.MIN_VALUE, Double.NaN}, {0, 7}});
        assertThat(four.toArray()).isEqualTo(new double[][] {{Math.PI, -0.0}, {Double.MAX_VALUE, 1e-300}});
    }

    @Test
    void foldsAllDimensionsButTheFirstAndTakesAVectorForAColumn() throws IOException {
        byte[] eight = floats(0, 1, 2, 3, 4, 5, 6, 7).array();

        assertThat(NpyFile.rows(file(1, header("<f4", "False", "(2, 2, 2)"), eight))
                        .get(1))
                .containsExactly(4, 5, 6, 7);
        assertThat(NpyFile.rows(file(1, header("<f4", "False", "(8,)"), eight)).get(7))
                .containsExactly(7);
        assertThat(NpyFile.rows(file(1, header("<f4", "False", "(4L, 2L)"), eight)))
                .hasSize(4);
    }

    @Test
    void keysOfTheHeaderMayStandInAnyOrder() throws IOException {
        String header = "{'shape': (1, 2), 'fortran_order': False, 'descr': '<f8'}";

        assertThat(NpyFile.rows(file(1, header, doubles(3, 4).array())).get(0)).containsExactly(3, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ">f4|False|(1, 1)",
                "<i4|False|(1, 1)",
                "|f4|False|(1, 1)",
                "<f2|False|(2, 1)",
                "<f4|True|(1, 1)",
                "<f4|False|(1 1)",
                "<f4|False|(-1, 1)",
                "<f4|False|(99999999999, 1)",
                "<f4|False|1"
            })
    void otherTypesOrdersAndShapesAreRefused(String type, String fortran, String shape) throws IOException {
        refuses(file(1, header(type, fortran, shape), new byte[4]), NO_ARRAY);
    }

    @Test
    void lyingShapesCostNothingAndAreRefused() throws IOException {
        byte[] four = new byte[4];

        refuses(
                file(1, header("<f4", "False", "(2, 3)"), four),
                ": promises 24 bytes of values and has 4. Write the file again.");
        refuses(
                file(1, header("<f4", "False", "(1,)"), new byte[5]),
                ": promises 4 bytes of values and has 5. Write the file again.");
        refuses(
                file(1, header("<f4", "False", "(536870912, 536870912, 16)"), new byte[0]),
                ": promises 18446744073709551616 bytes of values and has 0. Write the file again.");
        refuses(
                file(1, header("<f4", "False", "(999999999, 0)"), new byte[0]),
                ": holds no rows: its shape is [999999999, 0]. Give one row per case.");
        refuses(
                file(1, header("<f4", "False", "()"), four),
                ": holds no rows: its shape is []. Give one row per case.");
    }

    @Test
    void whatIsNoNpyFileIsRefused() throws IOException {
        byte[] good = Files.readAllBytes(file(2, header("<f4", "False", "(1,)"), new byte[4]));
        for (int length = 0; length < 12; length++) {
            refuses(raw(Arrays.copyOf(good, length)), NO_NPY);
        }
        refuses(file(4, header("<f4", "False", "(1,)"), new byte[4]), NO_NPY);
        refuses(file(0, header("<f4", "False", "(1,)"), new byte[4]), NO_NPY);
        byte[] negativeLength = good.clone();
        negativeLength[11] = (byte) 0x80;
        refuses(raw(negativeLength), NO_NPY);
        Path absent = directory.resolve("absent.npy");
        refuses(absent, ": cannot be read. Check the name.");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void everyMutationIsRowsOrARefusal(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] good = Files.readAllBytes(file(1, header("<f4", "False", "(3, 2)"), new byte[24]));
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = random.nextInt(3); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Path file = raw(bytes);
            try {
                assertThat(NpyFile.rows(file).size())
                        .as("seed %d, case %d", seed, i)
                        .isPositive();
            } catch (ModelException refused) {
                assertThat(refused).as("seed %d, case %d", seed, i).hasMessageStartingWith(file + ": ");
            }
        }
    }

    private static void refuses(Path file, String why) {
        assertThatThrownBy(() -> NpyFile.rows(file))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ModelException.Code.CONTENT))
                .hasMessage(file + why);
    }

    private static String header(String type, String fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
    }

    private Path file(int version, String header, byte[] values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
        bytes.put((byte) version).put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text).put(values);
        return raw(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private Path raw(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("array.npy"), bytes);
    }

    private static ByteBuffer floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return bytes;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CoefficientsTest {

    private static final float[] VALUES = {0.25f, -1.5f, 3e-38f, 7f};
    /** Where the length of the shape descriptor, the rank, the width and the length of the values stand. */
    private static final int SHAPE_LENGTH = 18;

    private static final int RANK = 32;
    private static final int WIDTH = 40;
    private static final int LENGTH = 98;

    @Test
    void writesTheBytesThatNd4jWrites() throws IOException {
        assertThat(Coefficients.write(VALUES)).isEqualTo(nd4j(Nd4j.createFromArray(VALUES)));
    }

    @Test
    void readsVectorsOfBothRanksThatNd4jWrites() throws IOException {
        INDArray vector = Nd4j.createFromArray(VALUES);
        assertThat(Coefficients.read(nd4j(vector), 4)).isEqualTo(VALUES);
        assertThat(Coefficients.read(nd4j(vector.reshape(1, 4)), 4)).isEqualTo(VALUES);
    }

    @Test
    void refusesAnotherCountThanTheConfigurationHas() {
        assertRefused(
                Coefficients.write(VALUES),
                5,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: has the shape 1 × 4, the configuration has 5 parameters. Write the bundle again.");
    }

    @Test
    void refusesLengthsThatLie() {
        assertRefused(
                with(LENGTH, 1L << 33),
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: claims 8589934592 values, expected 4. Write the bundle again.");
        assertRefused(
                with(LENGTH, -4),
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: claims -4 values, expected 4. Write the bundle again.");
        assertRefused(
                with(SHAPE_LENGTH, 1L << 33),
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: claims 8589934592 shape entries, expected 6 to 8. Write the bundle again.");
        assertRefused(
                with(WIDTH, 1L << 33),
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: has the shape 1 × 8589934592, the configuration has 4 parameters. Write the bundle"
                        + " again.");
        assertRefused(
                with(RANK, 1L << 33),
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: has a shape of rank 8589934592 in 6 entries, expected one vector. Write the bundle"
                        + " again.");
    }

    @Test
    void refusesFewerBytesThanTheCountNeeds() {
        byte[] whole = Coefficients.write(VALUES);
        assertRefused(
                Arrays.copyOf(whole, whole.length - 3),
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: has 13 bytes of values, 4 floats need 16. Write the bundle again.");
        assertRefused(
                Arrays.copyOf(whole, 50),
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: ends inside its header, after 50 bytes. Write the bundle again.");
    }

    @Test
    void refusesDoubles() throws IOException {
        assertRefused(
                nd4j(Nd4j.createFromArray(1d, 2d)),
                2,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: holds DOUBLE in the mode MIXED_DATA_TYPES, expected FLOAT in the mode"
                        + " MIXED_DATA_TYPES. Write the bundle again.");
    }

    @Test
    void refusesWhatIsNoArray() {
        assertRefused(
                new byte[200],
                4,
                ModelException.Code.PARAMETERS,
                "coefficients.bin: holds  in the mode , expected LONG in the mode MIXED_DATA_TYPES. Write the bundle"
                        + " again.");
    }

    @Test
    void refusesWeightsThatAreNotFinite() {
        assertRefused(
                Coefficients.write(new float[] {1, Float.NaN}),
                2,
                ModelException.Code.NON_FINITE,
                "coefficients.bin: weight 1 is NaN. Train the model again: a network with such a weight answers"
                        + " nothing.");
    }

    private static void assertRefused(byte[] bytes, int expected, ModelException.Code code, String message) {
        assertThatThrownBy(() -> Coefficients.read(bytes, expected))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    private static byte[] with(int position, long value) {
        byte[] bytes = Coefficients.write(VALUES);
        ByteBuffer.wrap(bytes).putLong(position, value);
        return bytes;
    }

    private static byte[] nd4j(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Nd4j.write(array, out);
        }
        return bytes.toByteArray();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Task;
import io.millrace.model.format.BundleWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class KerasImportTest {

    private static final long SEED = 20_260_101;
    private static final List<String> INPUTS = List.of("amount", "hour", "risk");
    private static final String LAYERS = dense("first", "3", 4, "linear") + ", " + layer("ReLU", "re_lu", "") + ", "
            + layer("Dropout", "dropout", ", \"rate\": 0.25") + ", " + dense("last", "4", 1, "sigmoid");

    @TempDir
    private static Path directory;

    private final Random random = new Random(SEED);
    private final float[][] kernel = array(3, 4);
    private final float[][] bias = array(1, 4);
    private final float[][] lastKernel = array(4, 1);
    private final float[][] lastBias = array(1, 1);
    private final double[][] rows = new double[40][3];
    private final double[][] answers = new double[40][];
    private Path model = Path.of("");
    private Path in = Path.of("");
    private Path out = Path.of("");

    @BeforeAll
    void writeModelAndCases() throws IOException {
        model = KerasFile.write(
                directory.resolve("model.h5"),
                "Sequential",
                LAYERS,
                Map.of(
                        "first", Map.of("kernel", kernel, "bias", bias),
                        "last", Map.of("kernel", lastKernel, "bias", lastBias)));
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {(float) random.nextGaussian(), (float) random.nextGaussian(), random.nextInt(24)};
            answers[i] = new double[] {answer(rows[i])};
        }
        in = npy("in.npy", rows);
        out = npy("out.npy", answers);
    }

    @Test
    void denseLayersActivationsAndDropoutBecomeABundleThatPassesItsCases() {
        BundleDraft draft = ModelImport.run(request(model, INPUTS, List.of(in, out)));
        Bundle bundle = BundleWriter.write(directory.resolve("bundle"), draft);

        assertThat(draft.description().task()).isEqualTo(Task.BINARY);
        assertThat(draft.description().threshold()).isEqualTo(0.25);
        assertThat(draft.card())
                .isEqualTo(
                        "# fraud 1\n\nImported from the Keras file `model.h5`: 3 inputs, 1 outputs, layers of type Dense, ReLU, Dropout.\n"
                                + "Golden cases: from the origin framework.\n");
        assertThat(bundle.golden().origin()).isEqualTo(GoldenCases.Origin.FRAMEWORK);
        assertThat(Answers.greatestError(bundle, rows, answers))
                .as("seed %d", SEED)
                .isLessThan(1e-6);
    }

    @Test
    void casesThatTheNetworkDoesNotGiveAreRefused() throws IOException {
        double[][] wrong = answers.clone();
        wrong[17] = new double[] {answers[17][0] + 1e-3};

        assertThatThrownBy(() -> ModelImport.run(request(model, INPUTS, List.of(in, npy("wrong.npy", wrong)))))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.GOLDEN))
                .hasMessageStartingWith(model + ": model 'fraud' 1: golden.json: outputs.17.0: the network gives 0.")
                .hasMessageContaining(", expected " + wrong[17][0]);
    }

    @Test
    void namesAndCasesThatDoNotFitTheNetworkAreRefused() throws IOException {
        refuses(
                request(model, List.of("amount"), List.of(in, out)),
                Code.CONTENT,
                model + ": the network has 3 inputs, and 1 names were given. Give one name per input, in order.");
        refuses(
                request(model, INPUTS, List.of(out, in)),
                Code.GOLDEN,
                model
                        + ": cases: a row has 1 inputs and 3 outputs, the network 3 and 1. Give the cases of this network.");
        Path few = npy("few.npy", new double[][] {rows[0]});
        refuses(
                request(model, INPUTS, List.of(few, out)),
                Code.GOLDEN,
                model + ": cases: there are 1 inputs and 40 outputs, golden cases need as many of both, at least 32.");
        assertThatThrownBy(() -> request(model, INPUTS, List.of(in)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cases are two files, inputs and outputs, not 1");
    }

    @Test
    void fileThatIsNoModelIsRefusedWithTheLastWordsOfTheImport() throws IOException {
        Path text = Files.writeString(directory.resolve("text.h5"), "not a model");
        Path torn = Files.write(
                directory.resolve("torn.h5"),
                new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 7, 7, 7, 7});

        refuses(
                request(text, INPUTS, List.of()),
                Code.UNSUPPORTED,
                text + ": is no HDF5 file. Give a Keras 2 model saved as .h5.");
        assertThatThrownBy(() -> ModelImport.run(request(torn, INPUTS, List.of())))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.FRAMEWORK))
                .hasMessageStartingWith(torn + ": the import ")
                .hasMessageContaining(". Give a Keras 2 model saved as .h5. The last words:\n");
        Path absent = directory.resolve("absent.h5");
        refuses(request(absent, INPUTS, List.of()), Code.IO, absent + ": cannot be read. Check the name.");
    }

    @Test
    void itsTaskAndTheNamesOfItsClassesCanBeSaid() {
        assertThat(described(null, List.of("no", "yes")).labels()).containsExactly("no", "yes");
        Description regression = described(Task.REGRESSION, List.of());
        assertThat(regression.task()).isEqualTo(Task.REGRESSION);
        assertThat(regression.threshold()).isNaN();
        assertThatThrownBy(() -> described(Task.MULTICLASS, List.of()))
                .hasMessage(model
                        + ": model 'fraud' has 1 outputs, which is no multiclass task. Give another --task, or the"
                        + " names that it needs.");
        assertThatThrownBy(() -> described(null, List.of("no")))
                .hasMessage(
                        model + ": model 'fraud' has 1 labels, its task needs 2 or none. Give another --task, or the"
                                + " names that it needs.");
    }

    private Description described(@Nullable Task task, List<String> labels) {
        return ModelImport.run(new ModelImport.Request(
                        Origin.KERAS, model, "fraud", "1", INPUTS, null, task, labels, 0.25, List.of()))
                .description();
    }

    private static void refuses(ModelImport.Request request, Code code, String message) {
        assertThatThrownBy(() -> ModelImport.run(request))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessage(message);
    }

    private static ModelImport.Request request(Path file, List<String> inputs, List<Path> cases) {
        return new ModelImport.Request(Origin.KERAS, file, "fraud", "1", inputs, null, null, List.of(), 0.25, cases);
    }

    /** The network in double arithmetic. */
    private double answer(double[] row) {
        double sum = lastBias[0][0];
        for (int unit = 0; unit < 4; unit++) {
            double hidden = bias[0][unit];
            for (int i = 0; i < 3; i++) {
                hidden += row[i] * kernel[i][unit];
            }
            sum += Math.max(0, hidden) * lastKernel[unit][0];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private float[][] array(int rows, int columns) {
        float[][] array = new float[rows][columns];
        for (float[] row : array) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextFloat() - 0.4f;
            }
        }
        return array;
    }

    private static String dense(String name, String inputs, int units, String activation) {
        return layer(
                "Dense",
                name,
                ", \"batch_input_shape\": [null, " + inputs + "], \"units\": " + units + ", \"activation\": \""
                        + activation + "\", \"use_bias\": true, \"kernel_initializer\": {\"class_name\": \"Zeros\","
                        + " \"config\": {}}, \"bias_initializer\": {\"class_name\": \"Zeros\", \"config\": {}},"
                        + " \"kernel_regularizer\": null, \"bias_regularizer\": null, \"activity_regularizer\": null,"
                        + " \"kernel_constraint\": null, \"bias_constraint\": null");
    }

    private static String layer(String type, String name, String more) {
        return "{\"class_name\": \"" + type + "\", \"config\": {\"name\": \"" + name
                + "\", \"trainable\": true, \"dtype\": \"float32\"" + more + "}}";
    }

    private Path npy(String name, double[][] values) throws IOException {
        byte[] header = ("{'descr': '<f8', 'fortran_order': False, 'shape': (" + values.length + ", " + values[0].length
                        + "), }")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length + values.length * values[0].length * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header);
        for (double[] row : values) {
            for (double value : row) {
                bytes.putDouble(value);
            }
        }
        return Files.write(directory.resolve(name), bytes.array());
    }
}

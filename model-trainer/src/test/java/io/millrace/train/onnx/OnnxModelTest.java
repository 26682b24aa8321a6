/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import static io.millrace.train.onnx.OnnxFile.integer;
import static io.millrace.train.onnx.OnnxFile.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Task;
import io.millrace.train.foreign.ModelImport;
import io.millrace.train.foreign.Origin;
import io.millrace.train.network.ImportedNetwork;
import io.millrace.train.network.RefusedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** Small files of every operator that is supported, against ONNX Runtime; and many that are refused. */
class OnnxModelTest {

    private static final long SEED = Long.getLong("millrace.seed", 15);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @Test
    void gemmAndActivationsAnswerAsOnnxRuntimeDoes() throws Exception {
        ImportedNetwork network = agrees(
                new OnnxFile(13, 5)
                        .floats("w1", false, values(20), 4, 5)
                        .floats("b1", true, values(4), 4)
                        .floats("w2", true, values(12), 4, 3)
                        .floats("b2", false, values(3), 1, 3)
                        .then("Gemm", List.of("w1", "b1"), integer("transB", 1))
                        .then("Relu", List.of())
                        .then("Gemm", List.of("w2", "b2"))
                        .then("Softmax", List.of()),
                3);
        assertThat(network.task()).isEqualTo(Task.MULTICLASS);
        assertThat(network.words())
                .matches("a chain of 4 ONNX operators \\(opset 13\\) mapped to 2 dense layers and checked against ONNX"
                        + " Runtime \\S+");
    }

    /** What samediff-import-onnx takes for zero when they are not written, and what must be taken when they are. */
    @Test
    void alphaAndBetaAreOneUnlessTheySayOtherwise() throws Exception {
        agrees(
                new OnnxFile(11, 3)
                        .floats("w", false, values(6), 3, 2)
                        .floats("c", false, values(2), 2)
                        .then("Gemm", List.of("w", "c"), number("alpha", 0.25f), number("beta", -3)),
                2);
        agrees(new OnnxFile(11, 3).floats("w", false, values(6), 3, 2).then("Gemm", List.of("w")), 2);
        agrees(
                new OnnxFile(11, 3)
                        .floats("w", false, values(6), 3, 2)
                        .floats("c", false, values(1))
                        .then("Gemm", List.of("w", "c")),
                2);
    }

    @Test
    void productsSumsAndScalesGatherInOneLayer() throws Exception {
        ImportedNetwork network = agrees(
                new OnnxFile(17, 4)
                        .floats("mean", false, values(4), 1, 4)
                        .floats("deviation", false, new float[] {1, 2, 3, 4}, 4)
                        .floats("w", false, values(8), 4, 2)
                        .floats("b", false, values(2), 2)
                        .floats("half", false, new float[] {0.5f})
                        .then("Sub", List.of("mean"))
                        .then("Div", List.of("deviation"))
                        .then("MatMul", List.of("w"))
                        .then("Add", List.of("b"))
                        .then("Mul", List.of("half"))
                        .node("Sub", "half", List.of("v4"))
                        .then("Sigmoid", List.of()),
                2);
        assertThat(network.words()).contains("mapped to 1 dense layers");
    }

    @Test
    void batchNormalizationIsFoldedWhereverItStands() throws Exception {
        float[] variance = {0.5f, 2, 0.1f};
        UnaryOperator<OnnxFile> statistics = file -> file.floats("g", false, values(3), 3)
                .floats("h", false, values(3), 3)
                .floats("m", false, values(3), 3)
                .floats("s", false, variance, 3);
        List<String> names = List.of("g", "h", "m", "s");
        agrees(
                statistics
                        .apply(new OnnxFile(15, 3))
                        .floats("w", false, values(6), 3, 2)
                        .then("BatchNormalization", names)
                        .then("MatMul", List.of("w"))
                        .then("Tanh", List.of()),
                2);
        agrees(
                statistics
                        .apply(new OnnxFile(15, 2))
                        .floats("w", false, values(6), 2, 3)
                        .then("MatMul", List.of("w"))
                        .then("BatchNormalization", names, number("epsilon", 0.01f)),
                3);
        agrees(
                statistics
                        .apply(new OnnxFile(15, 2))
                        .floats("w", false, values(6), 2, 3)
                        .then("MatMul", List.of("w"))
                        .then("Relu", List.of())
                        .then("BatchNormalization", names)
                        .then("Sigmoid", List.of()),
                3);
    }

    @ParameterizedTest
    @CsvSource({
        "Relu,,",
        "LeakyRelu,,",
        "LeakyRelu,alpha,0.3",
        "Elu,,",
        "Elu,alpha,0.5",
        "Selu,,",
        "Sigmoid,,",
        "HardSigmoid,,",
        "Tanh,,",
        "Softplus,,",
        "Softsign,,",
        "Softmax,,"
    })
    void everyActivationAnswersAsOnnxRuntimeDoes(String operator, String attribute, Float number) throws Exception {
        AttributeProto[] attributes =
                attribute == null ? new AttributeProto[0] : new AttributeProto[] {number(attribute, number)};
        agrees(
                new OnnxFile(13, 6)
                        .floats("w", false, values(24), 6, 4)
                        .then("MatMul", List.of("w"))
                        .then(operator, List.of(), attributes),
                4);
        agrees(
                new OnnxFile(13, 6)
                        .then(operator, List.of(), attributes)
                        .floats("w", false, values(24), 6, 4)
                        .then("MatMul", List.of("w")),
                4);
    }

    @Test
    void whatKeepsARowARowIsFollowed() throws Exception {
        TensorProto shape = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(2)
                .addInt64Data(-1)
                .addInt64Data(6)
                .build();
        NodeProto constant = NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("shape")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(shape))
                .build();
        OnnxFile file = new OnnxFile(13, 2, 3).floats("w", false, values(12), 6, 2);
        file.graph().addNode(constant);
        ImportedNetwork network = agrees(
                file.node("Reshape", "x", List.of("shape"))
                        .then("Identity", List.of())
                        .then("Cast", List.of(), integer("to", 1))
                        .then("Dropout", List.of())
                        .then("MatMul", List.of("w"))
                        .then("Flatten", List.of()),
                2);
        assertThat(network.layout().width()).isEqualTo(6);
    }

    /** As PyTorch writes {@code x.view(x.size(0), -1)}. */
    @Test
    void aShapeThatIsWorkedOutInTheGraphIsFollowed() throws Exception {
        OnnxFile file = new OnnxFile(13, 2, 3)
                .floats("w", false, values(12), 6, 2)
                .longs("zero", 0)
                .longs("rest", -1);
        file.graph()
                .addNode(node("Shape", "s", "x"))
                .addNode(node("Gather", "n", "s", "zero"))
                .addNode(node("Concat", "to", "n", "rest"));
        agrees(file.node("Reshape", "x", List.of("to")).then("MatMul", List.of("w")), 2);
    }

    private static NodeProto node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .addAllAttribute(operator.equals("Concat") ? List.of(integer("axis", 0)) : List.of())
                .build();
    }

    @Test
    void twoProductsWithNothingBetweenAreTwoLayers() throws Exception {
        ImportedNetwork network = agrees(
                new OnnxFile(13, 3)
                        .floats("w", false, values(12), 3, 4)
                        .floats("u", false, values(8), 4, 2)
                        .then("MatMul", List.of("w"))
                        .then("MatMul", List.of("u")),
                2);
        assertThat(network.words()).contains("mapped to 2 dense layers");
        assertThat(network.task()).isEqualTo(Task.REGRESSION);
    }

    /** The whole road in the child process: the runtime's own answers are the golden cases. */
    @Test
    void becomesABundleWhoseGoldenCasesAreThoseOfOnnxRuntime() throws IOException {
        Path file = new OnnxFile(13, 3)
                .floats("w", false, values(3), 3, 1)
                .then("MatMul", List.of("w"))
                .then("Sigmoid", List.of())
                .write(directory.resolve("model.onnx"), 1);
        BundleDraft draft = ModelImport.run(new ModelImport.Request(
                Origin.ONNX, file, "fraud", "1", List.of("a", "b", "c"), null, null, List.of(), 0.5, List.of()));
        GoldenCases golden = draft.golden();
        assertThat(golden).isNotNull();
        assertThat(golden.origin()).isEqualTo(GoldenCases.Origin.FRAMEWORK);
        assertThat(golden.inputs()).hasSize(96);
        assertThat(draft.card()).contains("Imported from the ONNX file", "checked against ONNX Runtime");
        assertThatThrownBy(() -> ModelImport.run(new ModelImport.Request(
                        Origin.ONNX, convolution(), "fraud", "1", List.of("a"), null, null, List.of(), 0.5, List.of())))
                .hasMessage(directory.resolve("conv.onnx")
                        + ": its Conv 'conv0' works on rows of [1, 4, 4] values, only flat"
                        + " rows are supported. Export a network of dense layers.");
    }

    private Path convolution() throws IOException {
        return new OnnxFile(13, 1, 4, 4)
                .floats("k", false, values(9), 1, 1, 3, 3)
                .then("Conv", List.of("k"))
                .write(directory.resolve("conv.onnx"), 4);
    }

    @Test
    void refusesWhatIsNoChainOfDenseLayers() {
        refused(
                dense().then("Gelu", List.of()),
                "its Gelu 'gelu1' is an operator that is not supported. Export a network of dense layers (docs/models.md"
                        + " names the operators), or import it from Keras.");
        refused(
                dense().node("Add", "v0", List.of("v0")),
                "its Add 'add1' takes the value 'v0' 2 times, a chain of operators that each take the one before is"
                        + " supported. Export a plain feed-forward network.");
        refused(
                dense().node("Relu", "x", List.of()),
                "its Relu 'relu1' takes the value 'v0' 0 times, a chain of operators that each take the one before is"
                        + " supported. Export a plain feed-forward network.");
        refused(
                dense().then("Softmax", List.of(), integer("axis", 0)),
                "its Softmax 'softmax1' has a axis that is not supported for Softmax (docs/models.md). Export a plain"
                        + " feed-forward network.");
        refused(
                new OnnxFile(13, 3).floats("w", false, values(6), 2, 3).node("MatMul", "w", List.of("x")),
                "its MatMul 'matmul0' takes the value 'x' elsewhere than first, which is not supported. Export a plain"
                        + " feed-forward network.");
        refused(
                new OnnxFile(13, 3).then("MatMul", List.of("gone")),
                "its MatMul 'matmul0' has no constant as its input 1, which is not supported. Export a plain feed-forward"
                        + " network with its weights.");
        refused(
                new OnnxFile(13, 3).floats("w", false, values(8), 4, 2).then("MatMul", List.of("w")),
                "its MatMul 'matmul0' takes rows of 4 values, the operator before gives 3. Export the model again.");
        refused(
                dense().raw(NodeProto.newBuilder()
                        .setName("zip")
                        .setOpType("ZipMap")
                        .setDomain("ai.onnx.ml")
                        .addInput("v0")
                        .addOutput("z")
                        .build()),
                "its ZipMap 'zip' is of the domain 'ai.onnx.ml', only ONNX's own operators are supported. Export the network"
                        + " alone.");
        refused(
                new OnnxFile(6, 3).floats("w", false, values(3), 3, 1).then("MatMul", List.of("w")),
                "it is written for opset 6 of ONNX, supported are 7 to 22. Export it for opset 13.");
        refused(
                new OnnxFile(13, 3).then("Identity", List.of()),
                "its graph computes nothing. Export a trained network.");
    }

    @Test
    void refusesGraphsWithSeveralEnds() {
        OnnxFile inputs = dense();
        inputs.graph().addInput(OnnxFile.value("y", TensorProto.DataType.FLOAT, 2));
        refused(
                inputs,
                "its graph has 2 inputs, networks with one are supported. Export the part with one input and one output.");
        OnnxFile outputs = dense();
        outputs.graph()
                .addOutput(OnnxFile.value("v0", TensorProto.DataType.FLOAT, 2))
                .addOutput(OnnxFile.value("x", TensorProto.DataType.FLOAT, 3));
        refused(
                outputs,
                "its graph has 2 outputs, networks with one are supported. Export the part with one input and one output.");
        OnnxFile doubles = new OnnxFile(13, 3);
        doubles.graph().setInput(0, OnnxFile.value("x", TensorProto.DataType.DOUBLE, 3));
        refused(
                doubles.then("Relu", List.of()),
                "its input 'x' is double with 2 dimensions, rows of float are supported. Export it with an input of [rows,"
                        + " values].");
        refused(
                new OnnxFile(13, 0).then("Relu", List.of()),
                "its input 'x' has a row of no known size, or of more than 1048576 values. Export it with a fixed number of"
                        + " inputs.");
    }

    @Test
    void refusesTensorsThatLie() {
        refused(
                new OnnxFile(13, 3).floats("w", false, values(6), 3, 1L << 40).then("MatMul", List.of("w")),
                "its tensor 'w' claims a dimension of 1099511627776, at most 50000000 values are read. Use a smaller"
                        + " network.");
        refused(
                new OnnxFile(13, 3).floats("w", false, values(6), 3, -2).then("MatMul", List.of("w")),
                "its tensor 'w' claims a dimension of -2, at most 50000000 values are read. Use a smaller network.");
        refused(
                new OnnxFile(13, 3).floats("w", false, values(5), 3, 2).then("MatMul", List.of("w")),
                "its tensor 'w' has a shape of 6 values and 5 of them. Export the model again.");
        refused(
                new OnnxFile(13, 3)
                        .floats("w", true, new float[] {1, Float.NaN, 2}, 3, 1)
                        .then("MatMul", List.of("w")),
                "its tensor 'w' has the value NaN. Train the model again.");
        OnnxFile elsewhere =
                new OnnxFile(13, 3).floats("w", false, values(3), 3, 1).then("MatMul", List.of("w"));
        elsewhere.graph().getInitializerBuilder(0).setDataLocation(TensorProto.DataLocation.EXTERNAL);
        refused(elsewhere, "its tensor 'w' lies in another file, which is not supported. Save the model as one file.");
    }

    /** However a file is torn or altered, it is refused in a sentence or answers as ONNX Runtime does. */
    @Test
    void tornAndAlteredFilesAreRefusedInASentence() throws Exception {
        byte[] whole = dense().then("Relu", List.of()).bytes(2);
        Path file = directory.resolve("mutant.onnx");
        for (int i = 0; i < 400; i++) {
            byte[] mutant = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i % 2 == 1) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, mutant);
            try {
                OnnxModel.read(file);
            } catch (RefusedModelException refused) {
                assertThat(refused.getMessage())
                        .as("mutant %d, seed %d", i, SEED)
                        .endsWith(".")
                        .doesNotContain("\n");
            }
        }
    }

    private OnnxFile dense() {
        return new OnnxFile(13, 3).floats("w", false, values(6), 3, 2).then("MatMul", List.of("w"));
    }

    private void refused(OnnxFile file, String message) {
        assertThatThrownBy(() -> OnnxModel.read(file.write(directory.resolve("refused.onnx"), 2)))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage(message);
    }

    /** The mapped network against ONNX Runtime, on rows that the import itself did not see. */
    private ImportedNetwork agrees(OnnxFile onnx, int outputs) throws Exception {
        Path file = onnx.write(directory.resolve("model.onnx"), outputs);
        ImportedNetwork network = OnnxModel.read(file);
        MultiLayerNetwork mapped = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(network.configuration()));
        mapped.init(Nd4j.createFromArray(network.weights()), true);
        GoldenCases reference = network.reference();
        assertThat(reference).isNotNull();
        for (int row = 0; row < reference.inputs().size(); row++) {
            double[] expected = reference.outputs().get(row);
            double[] found = mapped.output(Nd4j.createFromArray(
                                    new double[][] {reference.inputs().get(row)})
                            .castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT))
                    .toDoubleVector();
            for (int o : IntStream.range(0, outputs).toArray()) {
                assertThat(found[o])
                        .as("row %d, output %d, seed %d", row, o, SEED)
                        .isCloseTo(expected[o], within(1e-5 * Math.max(1, Math.abs(expected[o]))));
            }
        }
        return network;
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

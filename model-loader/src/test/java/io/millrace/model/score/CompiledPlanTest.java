/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.ModelFixture;
import io.millrace.model.network.Network;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class CompiledPlanTest {

    private static final int ROWS = 40;

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {
                "IDENTITY",
                "RELU",
                "RELU6",
                "LEAKYRELU",
                "ELU",
                "SELU",
                "SIGMOID",
                "HARDSIGMOID",
                "TANH",
                "HARDTANH",
                "SOFTPLUS",
                "SOFTSIGN",
                "SOFTMAX",
                "SWISH",
                "CUBE"
            })
    void agreesWithDl4jOnEveryActivation(Activation activation) {
        IActivation function = activation.getActivationFunction();
        assertAgrees(ModelFixture.dense(11, function, function, 9, 17, 3), 5);
    }

    @Test
    void agreesWithDl4jOnActivationsWithParameters() {
        for (IActivation function : new IActivation[] {
            new ActivationLReLU(0.3),
            new ActivationELU(0.5),
            new ActivationReLU(0.4, null, null),
            new ActivationReLU(null, null, 0.2)
        }) {
            assertAgrees(ModelFixture.dense(3, function, function, 6, 12, 2), 6);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithDl4jOnRandomNetworks(long seed) {
        Random random = new Random(seed);
        int[] widths = new int[2 + random.nextInt(4)];
        Arrays.setAll(widths, i -> 1 + random.nextInt(70));
        Activation[] functions = {Activation.RELU, Activation.TANH, Activation.SIGMOID};
        IActivation hidden = functions[random.nextInt(functions.length)].getActivationFunction();
        assertAgrees(ModelFixture.dense(seed, hidden, Activation.SOFTMAX.getActivationFunction(), widths), seed);
    }

    @Test
    void agreesWithDl4jOnLayersThatKerasImportMakes() {
        MultiLayerNetwork network = ModelFixture.network(
                5,
                new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(9)
                        .activation(Activation.IDENTITY)
                        .hasBias(false)
                        .build(),
                new BatchNormalization.Builder().nIn(9).nOut(9).build(),
                new ActivationLayer.Builder()
                        .activation(new ActivationLReLU(0.2))
                        .build(),
                new DropoutLayer.Builder(0.5).build(),
                new DenseLayer.Builder()
                        .nIn(9)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build(),
                new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build());
        trainMoments(network);
        assertAgrees(network, 9);
    }

    @Test
    void agreesWithDl4jOnLockedAndOnPlainVarianceNormalization() {
        MultiLayerNetwork network = ModelFixture.network(
                5,
                new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(9)
                        .activation(Activation.TANH)
                        .build(),
                new BatchNormalization.Builder()
                        .nIn(9)
                        .nOut(9)
                        .lockGammaBeta(true)
                        .gamma(1.5)
                        .beta(0.25)
                        .build(),
                new BatchNormalization.Builder().nIn(9).nOut(9).useLogStd(false).build(),
                new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build());
        trainMoments(network);
        assertAgrees(network, 10);
    }

    @Test
    void aRowHasTheSameBitsWhateverStandsBesideIt() {
        Network network = ModelFixture.read(ModelFixture.dense(
                21,
                Activation.TANH.getActivationFunction(),
                Activation.SIGMOID.getActivationFunction(),
                33,
                64,
                31,
                2));
        CompiledPlan plan = plan(network, 64);
        float[] rows = ModelFixture.rows(4, 64 * 33);
        float[] together = new float[64 * 2];
        plan.score(rows, 64, together);
        for (int row = 0; row < 64; row++) {
            float[] alone = new float[2];
            plan.score(Arrays.copyOfRange(rows, row * 33, (row + 1) * 33), 1, alone);
            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, 2 * row, 2 * row + 2));
        }
    }

    @Test
    void aRowThatIsNotFiniteLeavesItsNeighboursAlone() {
        Network network = ModelFixture.read(ModelFixture.dense(
                21, Activation.RELU.getActivationFunction(), Activation.SIGMOID.getActivationFunction(), 4, 8, 1));
        CompiledPlan plan = plan(network, 3);
        float[] rows = ModelFixture.rows(4, 12);
        float[] expected = new float[3];
        plan.score(rows, 3, expected);
        rows[5] = Float.NaN;
        float[] found = new float[3];
        plan.score(rows, 3, found);
        assertThat(found).containsExactly(expected[0], Float.NaN, expected[2]);
    }

    @Test
    void hasNoKernelForLayerNormNorForEveryActivation() {
        DenseLayer normalized = new DenseLayer.Builder()
                .nIn(3)
                .nOut(9)
                .hasLayerNorm(true)
                .activation(Activation.RELU)
                .build();
        LossLayer loss = new LossLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .build();
        assertThat(compiled(ModelFixture.network(1, normalized, loss))).isNull();
        IActivation gelu = Activation.GELU.getActivationFunction();
        assertThat(compiled(ModelFixture.dense(1, gelu, gelu, 3, 4, 1))).isNull();
    }

    private static @Nullable CompiledPlan compiled(MultiLayerNetwork network) {
        return CompiledPlan.of(ModelFixture.read(network), 8);
    }

    private static CompiledPlan plan(Network network, int maxBatch) {
        return Objects.requireNonNull(CompiledPlan.of(network, maxBatch));
    }

    private static void assertAgrees(MultiLayerNetwork dl4j, long seed) {
        Network network = ModelFixture.read(dl4j);
        float[] rows = ModelFixture.rows(seed, ROWS * network.inputs());
        float[] expected = dl4j.output(Nd4j.createFromArray(rows).reshape('c', ROWS, network.inputs()))
                .dup('c')
                .data()
                .asFloat();
        float[] found = new float[ROWS * network.outputs()];
        plan(network, ROWS).score(rows, ROWS, found);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i])
                    .as("seed %d, output %d", seed, i)
                    .isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    /** Gives batch normalization moments that are not its initial ones. */
    private static void trainMoments(MultiLayerNetwork network) {
        network.paramTable().forEach((name, values) -> {
            if (name.endsWith("_mean") || name.endsWith("_beta") || name.endsWith("_log10stdev")) {
                values.assign(Nd4j.createFromArray(ModelFixture.rows(name.hashCode(), (int) values.length())));
            } else if (name.endsWith("_var") || name.endsWith("_gamma")) {
                values.assign(Nd4j.createFromArray(ModelFixture.rows(name.hashCode(), (int) values.length()))
                        .mul(0.1)
                        .add(1));
            }
        });
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.millrace.feature.FeatureProgram;
import io.millrace.feature.HopProgram;
import io.millrace.feature.KeyState;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.model.network.Shape;
import io.millrace.model.score.ScoringProgram;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.record.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network that reads a sequence of two channels and a row, from the pipeline file to its score. */
class SequenceModelTest {

    private static final int STEPS = 4;
    private static final UnaryOperator<String> SEQUENCES = text -> text.replace(
                    "  amount_ratio:",
                    "  recent:  { last: amount, by: customer, count: 4, over: 10m }\n"
                            + "  doubled: { last: amount * 2 + 1, by: customer, count: 4, over: 10m }\n"
                            + "  amount_ratio:")
            .replace("\nmodel:", "\ninputs: [[recent, doubled], [amount]]\n\nmodel:");

    @TempDir
    Path home;

    private final ComputationGraph network = network();

    @Test
    void paddingIsMaskedAndEveryValueGoesWhereTheNetworkWantsIt() throws Exception {
        InferencePlan plan = plan(SEQUENCES);
        FeatureProgram program = plan.compileFeatures();
        List<Double> amounts = new ArrayList<>();
        Map<HopProgram, KeyState> states = new HashMap<>();
        try (ScoringProgram scoring = plan.openModel(plan.model())) {
            int[] slots = plan.inputSlots(scoring.bundle());
            for (int i = 0; i < 7; i++) {
                double amount = 1.5 * i - 3;
                amounts.add(amount);
                Event event = PaymentRecords.event(
                        plan, PaymentPipeline.PAYMENTS, PaymentRecords.payment(0, i, i, "c", "s", amount));
                double[] values = plan.unknownValues();
                for (HopProgram hop : program.hops()) {
                    hop.compute(event, values, states.computeIfAbsent(hop, HopProgram::newState));
                }
                program.finish(event, values);
                scoring.put(0, values, slots);
                scoring.score(1);
                assertThat(scoring.fault(0)).isNull();
                List<Double> latest = amounts.subList(Math.max(0, amounts.size() - STEPS), amounts.size());
                assertThat(scoring.scoreOf(0)).as("event %d", i).isCloseTo(unpadded(latest, amount), within(1e-6f));
            }
        }
    }

    /** What DL4J itself answers to a sequence that is as long as there are values. */
    private float unpadded(List<Double> latest, double amount) {
        INDArray sequence = Nd4j.create(1, 2, latest.size());
        for (int step = 0; step < latest.size(); step++) {
            sequence.putScalar(0, 0, step, latest.get(step));
            sequence.putScalar(0, 1, step, latest.get(step) * 2 + 1);
        }
        return network.outputSingle(
                        sequence, Nd4j.create(new double[][] {{amount}}).castTo(sequence.dataType()))
                .getFloat(0);
    }

    @Test
    void aSequenceOfAnotherLengthIsRefused() {
        PipelineException refused = catchThrowableOfType(
                PipelineException.class,
                () -> plan(text -> SEQUENCES.apply(text).replace("count: 4", "count: 3")));
        assertThat(refused.lines().get(0).replace(home + "/", ""))
                .startsWith("payments.yaml:")
                .contains(
                        "model.name: bundle 'payment-risk' 1 wants 9 inputs, the pipeline gives 7; lacking: recent[3],"
                                + " doubled[3].");
    }

    private InferencePlan plan(UnaryOperator<String> change) throws Exception {
        PipelineDocument document = PaymentPipeline.install(home, PaymentPipeline.ARRIVAL, change);
        InputLayout layout = new InputLayout(List.of(
                new NetworkInput("history", new Shape.Sequence(STEPS, 2), List.of("recent", "doubled")),
                new NetworkInput("now", new Shape.Row(1), List.of("amount"))));
        double[] unknown = new double[layout.width()];
        java.util.Arrays.fill(unknown, Double.NaN);
        LocalModelStore store = new LocalModelStore(home.resolve("models"));
        store.publish(new BundleDraft(
                new Description(
                        PaymentModel.NAME,
                        "1",
                        Task.REGRESSION,
                        layout,
                        1,
                        List.of(),
                        null,
                        Double.NaN,
                        null,
                        Map.of(),
                        Map.of()),
                new Preprocessing(unknown, new Normalizer.None()),
                network.getConfiguration().toJson(),
                network.params().toFloatVector(),
                null,
                "# A memory\n\nArbitrary weights, for tests.\n"));
        store.alias(PaymentModel.NAME, PaymentModel.CHAMPION, "1");
        return InferencePlanner.plan(Objects.requireNonNull(document));
    }

    private static ComputationGraph network() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("history", "now")
                .addLayer(
                        "memory",
                        new LSTM.Builder()
                                .nIn(2)
                                .nOut(5)
                                .activation(Activation.TANH)
                                .build(),
                        "history")
                .addVertex("last", new LastTimeStepVertex("history"), "memory")
                .addLayer(
                        "row",
                        new DenseLayer.Builder()
                                .nIn(1)
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        "now")
                .addVertex("both", new MergeVertex(), "last", "row")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(8)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "both")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }
}

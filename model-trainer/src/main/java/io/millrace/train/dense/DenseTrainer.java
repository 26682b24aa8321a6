/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import io.millrace.model.backend.NativeBackend;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Calibration;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.model.bundle.TrainingWindow;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.monitor.profile.ReferenceProfileCodec;
import io.millrace.train.calibration.CalibrationMethod;
import io.millrace.train.calibration.ProbabilityQuality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Trains a dense network with a sigmoid output. The last fifth of the rows by time validates: after each epoch its average
 * precision is taken, and the weights of the best epoch are kept. The threshold is the one with the best F1 there. Where a
 * calibration is asked for it is found on the first half of those rows, and the second half says what it brings. Each batch holds as many positives as asked for by drawing them again: frauds are rare, and a batch without one teaches little.
 */
public final class DenseTrainer {

    private static final int[] HIDDEN = {32, 16};
    private static final int BATCH = 256;
    private static final int POSITIVES_IN_BATCH = 24;
    private static final double LEARNING_RATE = 1e-3;
    private static final double L2 = 1e-5;
    private static final double VALIDATION_SHARE = 0.2;
    private static final int GOLDEN_CASES = 64;

    private final Request request;
    private final List<LabelledRow> training;
    private final List<LabelledRow> validation;
    private final List<LabelledRow> test;
    private final RowScaling scaling;
    private final Random random;

    /**
     * What to train.
     *
     * @param inputs names of the features, in the order of the rows
     * @param rows in the order of their time
     */
    public record Request(
            String name,
            String version,
            List<String> inputs,
            @Nullable String featureDigest,
            List<LabelledRow> rows,
            int epochs,
            CalibrationMethod calibration,
            long seed) {

        public Request {
            inputs = List.copyOf(inputs);
            if (epochs < 1) {
                throw new IllegalArgumentException("training takes at least one epoch, not " + epochs + '.');
            }
        }
    }

    /** A trained model and how well it did on the rows that validated it. */
    public record Trained(BundleDraft draft, Map<String, Double> metrics) {}

    private DenseTrainer(Request request) {
        this.request = request;
        int split = (int) (request.rows().size() * (1 - VALIDATION_SHARE));
        this.training = request.rows().subList(0, split);
        int end = request.rows().size();
        int half = request.calibration() == CalibrationMethod.NONE ? end : split + (end - split) / 2;
        this.validation = request.rows().subList(split, half);
        this.test = request.rows().subList(half, end);
        this.scaling = RowScaling.of(training, request.inputs().size());
        this.random = new Random(request.seed());
    }

    /**
     * Trains.
     *
     * @throws IllegalArgumentException when training or validation rows lack one of the classes
     */
    public static Trained train(Request request) {
        return NativeBackend.with(() -> new DenseTrainer(request).train());
    }

    private Trained train() {
        requireBothClasses("training", training);
        requireBothClasses("validation", validation);
        if (!test.isEmpty()) {
            requireBothClasses("test", test);
        }
        MultiLayerNetwork network = network();
        INDArray validationRows = matrix(validation);
        INDArray best = network.params().dup();
        double bestPrecision = -1;
        for (int epoch = 0; epoch < request.epochs(); epoch++) {
            fitEpoch(network);
            double precision = quality(network, validationRows).averagePrecision();
            if (precision > bestPrecision) {
                bestPrecision = precision;
                best = network.params().dup();
            }
        }
        network.setParams(best);
        float[] answers = answers(network, validation);
        Calibration calibration = request.calibration().fit(doubles(answers), labelled(validation));
        return draft(network, calibration, RankingQuality.of(calibrated(calibration, answers), validation));
    }

    private MultiLayerNetwork network() {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(request.seed())
                .weightInit(WeightInit.RELU)
                .updater(new Adam(LEARNING_RATE))
                .l2(L2)
                .list();
        int width = request.inputs().size();
        for (int hidden : HIDDEN) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(hidden)
                    .activation(Activation.RELU)
                    .build());
            width = hidden;
        }
        layers.layer(new OutputLayer.Builder(LossFunction.XENT)
                .nIn(width)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .weightInit(WeightInit.XAVIER)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private void fitEpoch(MultiLayerNetwork network) {
        List<LabelledRow> positives =
                training.stream().filter(LabelledRow::positive).toList();
        int batches = Math.max(1, training.size() / BATCH);
        for (int batch = 0; batch < batches; batch++) {
            List<LabelledRow> rows = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                List<LabelledRow> from = i < POSITIVES_IN_BATCH ? positives : training;
                rows.add(from.get(random.nextInt(from.size())));
            }
            network.fit(new DataSet(matrix(rows), labels(rows)));
        }
    }

    private INDArray matrix(List<LabelledRow> rows) {
        int width = request.inputs().size();
        float[] values = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            scaling.scale(rows.get(i).features(), values, i * width);
        }
        return Nd4j.createFromArray(values).reshape(rows.size(), width);
    }

    private static INDArray labels(List<LabelledRow> rows) {
        float[] labels = new float[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.get(i).positive() ? 1 : 0;
        }
        return Nd4j.createFromArray(labels).reshape(labels.length, 1);
    }

    private RankingQuality quality(MultiLayerNetwork network, INDArray rows) {
        return RankingQuality.of(network.output(rows).data().asFloat(), validation);
    }

    private float[] answers(MultiLayerNetwork network, List<LabelledRow> rows) {
        return network.output(matrix(rows)).data().asFloat();
    }

    private static boolean[] labelled(List<LabelledRow> rows) {
        boolean[] labels = new boolean[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.get(i).positive();
        }
        return labels;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** The scores that the bundle will give, to the bit. */
    private static float[] calibrated(Calibration calibration, float[] answers) {
        float[] scores = new float[answers.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) calibration.probability(answers[i]);
        }
        return scores;
    }

    /** What the calibration brings, on rows that neither trained the network nor found the calibration. */
    private void addCalibration(Map<String, Double> metrics, MultiLayerNetwork network, Calibration calibration) {
        float[] answers = answers(network, test);
        boolean[] labels = labelled(test);
        ProbabilityQuality before = ProbabilityQuality.of(doubles(answers), labels);
        ProbabilityQuality after = ProbabilityQuality.of(doubles(calibrated(calibration, answers)), labels);
        metrics.put("test_rows", (double) test.size());
        metrics.put("test_log_loss", after.logLoss());
        metrics.put("test_log_loss_uncalibrated", before.logLoss());
        metrics.put("test_brier", after.brier());
        metrics.put("test_brier_uncalibrated", before.brier());
        metrics.put("test_calibration_error", after.calibrationError());
        metrics.put("test_calibration_error_uncalibrated", before.calibrationError());
    }

    private Trained draft(MultiLayerNetwork network, Calibration calibration, RankingQuality quality) {
        Map<String, Double> metrics = new HashMap<>(Map.of(
                "validation_roc_auc", quality.rocAuc(),
                "validation_average_precision", quality.averagePrecision(),
                "validation_f1", quality.bestF1(),
                "validation_rows", (double) validation.size()));
        if (!test.isEmpty()) {
            addCalibration(metrics, network, calibration);
        }
        Description description = new Description(
                request.name(),
                request.version(),
                Task.BINARY,
                request.inputs(),
                1,
                List.of(),
                request.featureDigest(),
                quality.bestThreshold(),
                window(),
                metrics,
                Map.of("trainer", request.seed()));
        return new Trained(
                new BundleDraft(
                        description,
                        new Preprocessing(
                                scaling.means(), new Normalizer.Standardize(scaling.means(), scaling.deviations())),
                        network.getLayerWiseConfigurations().toJson(),
                        network.params().dup().data().asFloat(),
                        calibration,
                        golden(network),
                        ModelCard.text(request, training, metrics),
                        ReferenceProfileCodec.write(reference(network, calibration, quality.bestThreshold()))),
                metrics);
    }

    /** What the rows that did not train look like to the model. */
    private ReferenceProfile reference(MultiLayerNetwork network, Calibration calibration, double threshold) {
        List<LabelledRow> held = new ArrayList<>(validation);
        held.addAll(test);
        float[] scores = calibrated(calibration, answers(network, held));
        return HeldOutRows.profile(request.inputs(), held, scores, threshold);
    }

    private TrainingWindow window() {
        return new TrainingWindow(
                Instant.ofEpochMilli(training.get(0).eventTimeMillis()),
                Instant.ofEpochMilli(training.get(training.size() - 1).eventTimeMillis()));
    }

    /** Rows spread evenly over the validation rows, half of them positive where there are enough. */
    private GoldenCases golden(MultiLayerNetwork network) {
        List<LabelledRow> cases = new ArrayList<>(validation.stream()
                .filter(LabelledRow::positive)
                .limit(GOLDEN_CASES / 2)
                .toList());
        int step = Math.max(1, validation.size() / (GOLDEN_CASES - cases.size()));
        for (int i = 0; i < validation.size() && cases.size() < GOLDEN_CASES; i += step) {
            cases.add(validation.get(i));
        }
        float[] outputs = network.output(matrix(cases)).data().asFloat();
        List<double[]> expected = new ArrayList<>();
        for (float output : outputs) {
            expected.add(new double[] {output});
        }
        return new GoldenCases(
                GoldenCases.Origin.TRAINER,
                cases.stream().map(LabelledRow::features).toList(),
                expected);
    }

    private static void requireBothClasses(String part, List<LabelledRow> rows) {
        long positives = rows.stream().filter(LabelledRow::positive).count();
        if (positives == 0 || positives == rows.size() || rows.size() < GOLDEN_CASES) {
            throw new IllegalArgumentException("the " + part + " rows are " + rows.size() + ", " + positives
                    + " of them positive. Training needs at least " + GOLDEN_CASES
                    + " rows and both classes in each part: give a longer history.");
        }
    }
}

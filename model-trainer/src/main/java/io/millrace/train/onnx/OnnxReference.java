/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.model.ModelException;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.train.network.RefusedModelException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What ONNX Runtime answers to random rows of several magnitudes. */
final class OnnxReference {

    private static final int ROWS = 96;
    private static final long SEED = 7;
    /** Rows are of a magnitude from a hundredth to ten. */
    private static final double LEAST_MAGNITUDE = -2;

    private static final double MAGNITUDES = 3;

    private OnnxReference() {}

    static String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    static GoldenCases answers(byte[] model, OnnxGraph graph) {
        Random random = new Random(SEED);
        List<double[]> inputs = new ArrayList<>();
        List<double[]> outputs = new ArrayList<>();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = plain();
                OrtSession session = environment.createSession(model, options)) {
            for (int row = 0; row < ROWS; row++) {
                float[] values = row(random, graph.inputWidth());
                inputs.add(doubles(values));
                outputs.add(answer(environment, session, graph, values));
            }
            return new GoldenCases(GoldenCases.Origin.FRAMEWORK, inputs, outputs);
        } catch (OrtException refused) {
            throw new RefusedModelException(
                    ModelException.Code.FRAMEWORK,
                    "ONNX Runtime does not run it: " + OnnxGraph.shown(String.valueOf(refused.getMessage()))
                            + ". Export the model again.");
        }
    }

    /** One thread, and the graph as it is written. */
    private static OrtSession.SessionOptions plain() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setInterOpNumThreads(1);
        options.setIntraOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
        return options;
    }

    private static float[] row(Random random, int width) {
        double magnitude = Math.pow(10, LEAST_MAGNITUDE + MAGNITUDES * random.nextDouble());
        float[] values = new float[width];
        for (int i = 0; i < width; i++) {
            values[i] = (float) (random.nextGaussian() * magnitude);
        }
        return values;
    }

    private static double[] answer(OrtEnvironment environment, OrtSession session, OnnxGraph graph, float[] values)
            throws OrtException {
        long[] shape = new long[graph.inputShape().length + 1];
        shape[0] = 1;
        System.arraycopy(graph.inputShape(), 0, shape, 1, shape.length - 1);
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of(graph.input(), input))) {
            FloatBuffer answers = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] row = new float[answers.remaining()];
            answers.get(row);
            return doubles(row);
        }
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}

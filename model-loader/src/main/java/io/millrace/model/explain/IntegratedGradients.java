/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.explain;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.score.GradientNetwork;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The gradient along the straight line from the baseline to the row, times the way (M. Sundararajan, A. Taly and Q. Yan, "Axiomatic
 * attribution for deep networks", 2017), at the midpoints of {@value #STEPS} equal steps, all in one call. Normalizers are straight, so
 * contributions of prepared values are those of raw ones.
 */
final class IntegratedGradients implements Explainer {

    static final int STEPS = 64;

    private static final double STEP_OF_CHECK = 1e-2;
    private static final double MOST_DIFFERENCE = 0.05;

    private final GradientNetwork network;
    private final Preprocessing preprocessing;
    private final InputLayout layout;
    private final int[] inOrder;
    private final float[] baseline;
    private final float[] row;
    private final float[][] points;
    private final double[] outputs = new double[STEPS + 2];
    private final double[][] gradients;

    private IntegratedGradients(GradientNetwork network, Bundle bundle) {
        int size = bundle.inputs().size();
        this.network = network;
        this.preprocessing = bundle.preprocessing();
        this.layout = bundle.description().layout();
        this.inOrder = IntStream.range(0, size).toArray();
        this.baseline = new float[size];
        this.row = new float[size];
        this.points = new float[STEPS + 2][size];
        this.gradients = new double[STEPS + 2][size];
        double[] missing = new double[size];
        Arrays.fill(missing, Double.NaN);
        preprocessing.prepare(layout, missing, inOrder, baseline, 0);
    }

    /** @throws ModelException when DL4J's gradients are not those of finite differences */
    static IntegratedGradients of(Bundle bundle) {
        GradientNetwork network = GradientNetwork.of(bundle.network());
        IntegratedGradients explainer = new IntegratedGradients(network, bundle);
        double worst = explainer.worstGradient(bundle.golden().inputs().get(0));
        if (worst > MOST_DIFFERENCE) {
            network.close();
            throw new ModelException(
                    ModelException.Code.FRAMEWORK,
                    "model '" + bundle.version().name() + "' "
                            + bundle.version().version()
                            + ": gradients are not those of finite differences, by " + worst
                            + " of the greatest. Explain it by occlusion or kernel_shap.");
        }
        return explainer;
    }

    /** How far a gradient is from the difference of two outputs, as a share of the greatest gradient. */
    private double worstGradient(double[] inputs) {
        preprocessing.prepare(layout, inputs, inOrder, row, 0);
        float[][] both = new float[3][];
        double[] found = new double[3];
        double[][] slopes = new double[3][row.length];
        double worst = 0;
        double greatest = 1e-3;
        for (int i = 0; i < row.length; i++) {
            for (int side = 0; side < 3; side++) {
                both[side] = row.clone();
                both[side][i] += (float) ((side - 1) * STEP_OF_CHECK);
            }
            network.derive(both, found, slopes);
            double difference = (found[2] - found[0]) / (2 * STEP_OF_CHECK);
            worst = Math.max(worst, Math.abs(slopes[1][i] - difference));
            greatest = Math.max(greatest, Math.abs(difference));
        }
        return worst / greatest;
    }

    @Override
    public @Nullable Contributions explain(double[] inputs, long seed, Deadline deadline) {
        if (deadline.isOver()) {
            return null;
        }
        preprocessing.prepare(layout, inputs, inOrder, row, 0);
        for (int i = 0; i < row.length; i++) {
            for (int step = 0; step < STEPS; step++) {
                points[step][i] = (float) (baseline[i] + (step + 0.5) / STEPS * ((double) row[i] - baseline[i]));
            }
            points[STEPS][i] = row[i];
            points[STEPS + 1][i] = baseline[i];
        }
        network.derive(points, outputs, gradients);
        double[] contributions = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            double sum = 0;
            for (int step = 0; step < STEPS; step++) {
                sum += gradients[step][i];
            }
            contributions[i] = ((double) row[i] - baseline[i]) * sum / STEPS;
        }
        return new Contributions(contributions, outputs[STEPS], outputs[STEPS + 1], null);
    }

    @Override
    public void close() {
        network.close();
    }
}

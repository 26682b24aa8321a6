/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.Edges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What an estimation pane counts.
 *
 * @param ranks the bins of the ROC-AUC: quantiles of the reference scores
 * @param exactLimit up to how many scores of a window are kept for the exact area; 0: none
 * @param curve from raw score to probability
 */
public record EstimationLayout(Edges ranks, int exactLimit, IsotonicCurve curve) {

    private static final int MOST_KNOTS = 1 << 20;

    public EstimationLayout {
        if (exactLimit < 0) {
            throw new IllegalArgumentException("the limit of the exact area is at least 0, found " + exactLimit);
        }
    }

    void write(DataOutput out) throws IOException {
        ranks.write(out);
        CountCodec.write(exactLimit, out);
        CountCodec.write(curve.scores().length, out);
        for (int knot = 0; knot < curve.scores().length; knot++) {
            out.writeDouble(curve.scores()[knot]);
            out.writeDouble(curve.probabilities()[knot]);
        }
    }

    static EstimationLayout read(DataInput in) throws IOException {
        Edges ranks = Edges.read(in);
        int exactLimit = CountCodec.readBelow(Integer.MAX_VALUE, "limit of the exact area", in);
        int knots = CountCodec.readBelow(MOST_KNOTS, "number of knots", in);
        double[] scores = new double[knots];
        double[] probabilities = new double[knots];
        for (int knot = 0; knot < knots; knot++) {
            scores[knot] = in.readDouble();
            probabilities[knot] = in.readDouble();
        }
        try {
            return new EstimationLayout(ranks, exactLimit, new IsotonicCurve(scores, probabilities));
        } catch (IllegalArgumentException unsound) {
            throw new IOException("pane: " + unsound.getMessage() + ". The bytes are damaged", unsound);
        }
    }
}

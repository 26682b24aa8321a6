/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.Edges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Positives and negatives by bin of the score. */
final class ScoreBins {

    final Edges edges;
    final long[] positives;
    final long[] negatives;

    ScoreBins(Edges edges) {
        this.edges = edges;
        this.positives = new long[edges.bins()];
        this.negatives = new long[edges.bins()];
    }

    void add(double score, boolean positive) {
        (positive ? positives : negatives)[edges.bin(score)]++;
    }

    void merge(ScoreBins other) {
        for (int bin = 0; bin < positives.length; bin++) {
            positives[bin] += other.positives[bin];
            negatives[bin] += other.negatives[bin];
        }
    }

    void write(DataOutput out) throws IOException {
        CountCodec.writeAll(positives, out);
        CountCodec.writeAll(negatives, out);
    }

    void read(DataInput in) throws IOException {
        CountCodec.readAll(positives, in);
        CountCodec.readAll(negatives, in);
    }
}

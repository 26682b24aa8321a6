/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.FixedPointSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of the panes of classes, numbers and rankings: a version byte, the window, counts as variable-length integers,
 * sums as 24 bytes. Equal panes have equal bytes.
 */
public final class PerformancePaneCodec {

    static final int VERSION = 1;

    private PerformancePaneCodec() {}

    public static void write(MulticlassPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        CountCodec.writeAll(new long[] {pane.rows, pane.right, pane.unusable}, out);
        pane.logLoss.write(out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static MulticlassPane readMulticlass(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        MulticlassPane pane = new MulticlassPane(in.readLong());
        pane.rows = CountCodec.read(in);
        pane.right = CountCodec.read(in);
        pane.unusable = CountCodec.read(in);
        pane.logLoss = FixedPointSum.read(in);
        return pane;
    }

    public static void write(RegressionPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        out.writeDouble(pane.quantile);
        CountCodec.writeAll(new long[] {pane.rows, pane.relativeRows, pane.unusable}, out);
        pane.absolute.write(out);
        pane.squared.write(out);
        pane.relative.write(out);
        pane.pinball.write(out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static RegressionPane readRegression(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        double quantile = in.readDouble();
        if (!(quantile > 0 && quantile < 1)) {
            throw new IOException("pane: quantile is " + quantile + ", expected 0 to 1. The bytes are damaged");
        }
        RegressionPane pane = new RegressionPane(start, quantile);
        pane.rows = CountCodec.read(in);
        pane.relativeRows = CountCodec.read(in);
        pane.unusable = CountCodec.read(in);
        pane.absolute = FixedPointSum.read(in);
        pane.squared = FixedPointSum.read(in);
        pane.relative = FixedPointSum.read(in);
        pane.pinball = FixedPointSum.read(in);
        return pane;
    }

    public static void write(RankingPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        CountCodec.writeAll(new long[] {pane.depth, pane.lists, pane.withoutRelevant, pane.hits, pane.unusable}, out);
        pane.ndcg.write(out);
        pane.reciprocal.write(out);
        pane.precision.write(out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static RankingPane readRanking(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        int depth = CountCodec.readBelow(Integer.MAX_VALUE, "depth", in);
        if (depth == 0) {
            throw new IOException("pane: depth is 0, expected 1 or more. The bytes are damaged");
        }
        RankingPane pane = new RankingPane(start, depth);
        pane.lists = CountCodec.read(in);
        pane.withoutRelevant = CountCodec.read(in);
        pane.hits = CountCodec.read(in);
        pane.unusable = CountCodec.read(in);
        pane.ndcg = FixedPointSum.read(in);
        pane.reciprocal = FixedPointSum.read(in);
        pane.precision = FixedPointSum.read(in);
        return pane;
    }
}

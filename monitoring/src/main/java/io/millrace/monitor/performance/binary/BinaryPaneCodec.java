/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.binary;

import io.millrace.monitor.exact.BoundedSample;
import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.exact.FixedPointSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of a {@link BinaryPane}: a version byte, the window, the layout, then counts as variable-length integers and sums
 * as 24 bytes. Equal panes have equal bytes.
 */
public final class BinaryPaneCodec {

    static final int VERSION = 1;

    private static final int MOST_RIVERS = 16;

    private BinaryPaneCodec() {}

    public static void write(BinaryPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        writeLayout(pane.layout, out);
        writeConfusion(pane.confusion(), out);
        CountCodec.write(pane.unusable, out);
        pane.ranks.write(out);
        for (ScoreBins each : pane.river) {
            each.write(out);
        }
        pane.widths.write(out);
        for (FixedPointSum sum : pane.widthSums) {
            sum.write(out);
        }
        pane.logLoss.write(out);
        pane.squares.write(out);
        pane.positives.write(out);
        pane.negatives.write(out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static BinaryPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        BinaryPane pane = new BinaryPane(start, readLayout(in));
        pane.truePositives = CountCodec.read(in);
        pane.falsePositives = CountCodec.read(in);
        pane.falseNegatives = CountCodec.read(in);
        pane.trueNegatives = CountCodec.read(in);
        pane.unusable = CountCodec.read(in);
        pane.ranks.read(in);
        for (ScoreBins each : pane.river) {
            each.read(in);
        }
        pane.widths.read(in);
        for (int bin = 0; bin < pane.widthSums.length; bin++) {
            pane.widthSums[bin] = FixedPointSum.read(in);
        }
        pane.logLoss = FixedPointSum.read(in);
        pane.squares = FixedPointSum.read(in);
        pane.positives = BoundedSample.read(pane.layout.exactLimit(), in);
        pane.negatives = BoundedSample.read(pane.layout.exactLimit(), in);
        return pane;
    }

    private static void writeConfusion(Confusion confusion, DataOutput out) throws IOException {
        CountCodec.write(confusion.truePositives(), out);
        CountCodec.write(confusion.falsePositives(), out);
        CountCodec.write(confusion.falseNegatives(), out);
        CountCodec.write(confusion.trueNegatives(), out);
    }

    private static void writeLayout(BinaryLayout layout, DataOutput out) throws IOException {
        layout.ranks().write(out);
        CountCodec.write(layout.riverThresholds().length, out);
        for (int thresholds : layout.riverThresholds()) {
            CountCodec.write(thresholds, out);
        }
        CountCodec.write(layout.exactLimit(), out);
    }

    private static BinaryLayout readLayout(DataInput in) throws IOException {
        Edges ranks = Edges.read(in);
        int[] rivers = new int[CountCodec.readBelow(MOST_RIVERS, "number of River's areas", in)];
        for (int i = 0; i < rivers.length; i++) {
            rivers[i] = CountCodec.readBelow(BinaryLayout.MOST_THRESHOLDS + 1, "number of thresholds", in);
            if (rivers[i] < 2) {
                throw new IOException(
                        "pane: number of thresholds is " + rivers[i] + ", expected 2 or more. The bytes are damaged");
            }
        }
        return new BinaryLayout(
                ranks, rivers, CountCodec.readBelow(Integer.MAX_VALUE, "limit of the exact sample", in));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.performance.estimate;

import io.millrace.monitor.exact.BoundedSample;
import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.FixedPointSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of an {@link EstimationPane}: a version byte, the window, the layout, counts as variable-length integers, sums as
 * 24 bytes. Equal panes have equal bytes.
 */
public final class EstimationPaneCodec {

    static final int VERSION = 1;

    private EstimationPaneCodec() {}

    public static void write(EstimationPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        pane.layout.write(out);
        CountCodec.writeAll(new long[] {pane.decidedPositive, pane.decidedNegative, pane.unusable}, out);
        CountCodec.writeAll(pane.rankRows, out);
        for (FixedPointSum sum : pane.rankSums) {
            sum.write(out);
        }
        pane.positiveSum.write(out);
        pane.negativeSum.write(out);
        pane.sample.write(out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static EstimationPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        EstimationLayout layout = EstimationLayout.read(in);
        EstimationPane pane = new EstimationPane(start, layout);
        pane.decidedPositive = CountCodec.read(in);
        pane.decidedNegative = CountCodec.read(in);
        pane.unusable = CountCodec.read(in);
        CountCodec.readAll(pane.rankRows, in);
        for (int bin = 0; bin < pane.rankSums.length; bin++) {
            pane.rankSums[bin] = FixedPointSum.read(in);
        }
        pane.positiveSum = FixedPointSum.read(in);
        pane.negativeSum = FixedPointSum.read(in);
        pane.sample = BoundedSample.read(layout.exactLimit(), in);
        return pane;
    }
}

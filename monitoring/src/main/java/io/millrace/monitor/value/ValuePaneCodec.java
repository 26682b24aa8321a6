/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.exact.FixedPointSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of a {@link ValuePane}: a version byte, the window, the layout, counts as variable-length integers, sums as 24
 * bytes, and the rows that were kept by ascending score. Equal panes have equal bytes.
 */
public final class ValuePaneCodec {

    static final int VERSION = 1;

    private ValuePaneCodec() {}

    public static void write(ValuePane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        pane.layout.thresholds().write(out);
        CountCodec.write(pane.layout.exactLimit(), out);
        CountCodec.writeAll(new long[] {pane.rows, pane.flagged, pane.unusable}, out);
        pane.realised.write(out);
        pane.undecided.write(out);
        CountCodec.writeAll(pane.binRows, out);
        for (FixedPointSum gain : pane.binGains) {
            gain.write(out);
        }
        pane.sample.write(out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static ValuePane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        Edges thresholds = Edges.read(in);
        int limit = CountCodec.readBelow(Integer.MAX_VALUE, "limit of exact thresholds", in);
        ValuePane pane = new ValuePane(start, new ValueLayout(thresholds, limit));
        pane.rows = CountCodec.read(in);
        pane.flagged = CountCodec.read(in);
        pane.unusable = CountCodec.read(in);
        pane.realised = FixedPointSum.read(in);
        pane.undecided = FixedPointSum.read(in);
        CountCodec.readAll(pane.binRows, in);
        for (int bin = 0; bin < pane.binGains.length; bin++) {
            pane.binGains[bin] = FixedPointSum.read(in);
        }
        pane.sample.read(in);
        return pane;
    }

    static double summable(double gain) throws IOException {
        if (!FixedPointSum.takes(gain)) {
            throw new IOException("pane: a gain is " + gain + ", expected a finite one. The bytes are damaged");
        }
        return gain;
    }
}

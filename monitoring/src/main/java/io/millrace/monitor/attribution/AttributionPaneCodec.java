/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.attribution;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.FixedPointSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of an {@link AttributionPane}: a version byte, the window, counts, sums as 24 bytes. Equal panes, equal bytes. */
public final class AttributionPaneCodec {

    static final int VERSION = 1;

    private static final int MOST_FEATURES = 1 << 16;

    private AttributionPaneCodec() {}

    public static void write(AttributionPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis());
        CountCodec.writeAll(new long[] {pane.features(), pane.rows, pane.unusable}, out);
        pane.scores.write(out);
        pane.errors.write(out);
        for (FixedPointSum each : pane.attributions) {
            each.write(out);
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static AttributionPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        AttributionPane pane =
                new AttributionPane(start, CountCodec.readBelow(MOST_FEATURES, "number of features", in));
        pane.rows = CountCodec.read(in);
        pane.unusable = CountCodec.read(in);
        pane.scores = FixedPointSum.read(in);
        pane.errors = FixedPointSum.read(in);
        for (int i = 0; i < pane.attributions.length; i++) {
            pane.attributions[i] = FixedPointSum.read(in);
        }
        return pane;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of a {@link TrafficPane}. Version 1: version (1 byte), window start, predictions, positives, behind the
 * watermark, negative times (8 each), number of features (4), missing values of each (8), the two histograms.
 */
public final class TrafficPaneCodec {

    private static final byte VERSION = 1;
    private static final int MOST_FEATURES = 1 << 16;

    private TrafficPaneCodec() {}

    public static void write(TrafficPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(pane.windowStartMillis);
        out.writeLong(pane.predictions);
        out.writeLong(pane.positives);
        out.writeLong(pane.behindWatermark);
        out.writeLong(pane.negativeTimes);
        out.writeInt(pane.missing.length);
        for (long missing : pane.missing) {
            out.writeLong(missing);
        }
        pane.latency.write(out);
        pane.lag.write(out);
    }

    public static TrafficPane read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("traffic pane: version " + version + " is unknown to this build, which reads version "
                    + VERSION + ". Restore with the release that wrote it, or a later one.");
        }
        long windowStartMillis = in.readLong();
        long[] counts = {in.readLong(), in.readLong(), in.readLong(), in.readLong()};
        int features = in.readInt();
        if (features < 0 || features > MOST_FEATURES) {
            throw new IOException("traffic pane: " + features + " features cannot be. The bytes are damaged.");
        }
        long[] missing = new long[features];
        for (int i = 0; i < features; i++) {
            missing[i] = in.readLong();
        }
        TrafficPane pane = new TrafficPane(windowStartMillis, missing, Histogram.read(in), Histogram.read(in));
        pane.predictions = counts[0];
        pane.positives = counts[1];
        pane.behindWatermark = counts[2];
        pane.negativeTimes = counts[3];
        return pane;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.TrafficPane;
import io.millrace.monitor.TrafficPaneCodec;
import io.millrace.monitor.drift.DriftPane;
import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.monitor.performance.binary.BinaryPaneCodec;
import io.millrace.pipeline.record.ModelVersion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of a pane: a version byte, its key, which parts it has, then each part in its own codec. */
public final class MonitorPaneCodec {

    private static final int VERSION = 1;
    private static final int TRAFFIC = 1;
    private static final int DRIFT = 2;
    private static final int BINARY = 4;

    private MonitorPaneCodec() {}

    public static void write(MonitorPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        writeKey(pane.key(), out);
        out.writeByte((pane.traffic == null ? 0 : TRAFFIC)
                | (pane.drift == null ? 0 : DRIFT)
                | (pane.binary == null ? 0 : BINARY));
        if (pane.traffic != null) {
            TrafficPaneCodec.write(pane.traffic, out);
        }
        if (pane.drift != null) {
            pane.drift.write(out);
        }
        if (pane.binary != null) {
            BinaryPaneCodec.write(pane.binary, out);
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static MonitorPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        PaneKey key = readKey(in);
        int parts = in.readUnsignedByte();
        TrafficPane traffic = (parts & TRAFFIC) == 0 ? null : TrafficPaneCodec.read(in);
        DriftPane drift = (parts & DRIFT) == 0 ? null : DriftPane.read(in);
        BinaryPane binary = (parts & BINARY) == 0 ? null : BinaryPaneCodec.read(in);
        return new MonitorPane(key, traffic, drift, binary);
    }

    private static void writeKey(PaneKey key, DataOutput out) throws IOException {
        out.writeUTF(key.kind().name());
        out.writeLong(key.windowStartMillis());
        out.writeUTF(key.model().name());
        out.writeUTF(key.model().version());
        out.writeUTF(key.model().digest());
        out.writeUTF(key.segment());
    }

    private static PaneKey readKey(DataInput in) throws IOException {
        PaneKind kind = kind(in.readUTF());
        long start = in.readLong();
        ModelVersion model = new ModelVersion(in.readUTF(), in.readUTF(), in.readUTF());
        return new PaneKey(kind, start, model, in.readUTF());
    }

    private static PaneKind kind(String name) throws IOException {
        for (PaneKind kind : PaneKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new IOException("pane: kind '" + name + "' is unknown. The bytes are damaged");
    }
}

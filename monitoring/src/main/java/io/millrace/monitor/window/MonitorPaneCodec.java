/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.part.PanePart;
import io.millrace.pipeline.record.ModelVersion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of a pane: a version byte, its key, which parts it has, then each part in its own codec. */
public final class MonitorPaneCodec {

    private static final int VERSION = 1;

    private MonitorPaneCodec() {}

    public static void write(MonitorPane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        writeKey(pane.key(), out);
        out.writeByte(pane.size());
        for (int part = 0; part < pane.size(); part++) {
            out.writeUTF(pane.name(part));
            pane.part(part).write(out);
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static MonitorPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        PaneKey key = readKey(in);
        int size = in.readUnsignedByte();
        String[] names = new String[size];
        PanePart<?>[] parts = new PanePart<?>[size];
        for (int part = 0; part < size; part++) {
            names[part] = in.readUTF();
            parts[part] = PartFormats.read(names[part], in);
        }
        return new MonitorPane(key, names, parts);
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

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.type.RecordSerializer;
import io.millrace.flink.type.RecordType;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.monitor.window.MonitorPaneCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Flink's adapter on {@link MonitorPaneCodec}, whose bytes carry their own version. */
public final class PaneSerializer extends RecordSerializer<MonitorPane> {

    private static final long serialVersionUID = 1L;

    public static final PaneSerializer INSTANCE = new PaneSerializer();
    public static final RecordType<MonitorPane> TYPE = new RecordType<>(MonitorPane.class, INSTANCE);

    /** A pane is merged in place: a copy is a copy. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public MonitorPane createInstance() {
        return MonitorPane.empty();
    }

    @Override
    public MonitorPane copy(MonitorPane from) {
        return from.copy();
    }

    @Override
    public MonitorPane copy(MonitorPane from, MonitorPane reuse) {
        return from.copy();
    }

    @Override
    public void serialize(MonitorPane pane, DataOutputView out) throws IOException {
        MonitorPaneCodec.write(pane, out);
    }

    @Override
    public MonitorPane deserialize(DataInputView in) throws IOException {
        return MonitorPaneCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<MonitorPane> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MonitorPane> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

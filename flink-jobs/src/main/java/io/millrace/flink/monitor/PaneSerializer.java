/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.type.RecordSerializer;
import io.millrace.flink.type.RecordType;
import io.millrace.monitor.TrafficPane;
import io.millrace.monitor.TrafficPaneCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Flink's adapter on {@link TrafficPaneCodec}, whose bytes carry their own version. */
public final class PaneSerializer extends RecordSerializer<TrafficPane> {

    private static final long serialVersionUID = 1L;

    public static final PaneSerializer INSTANCE = new PaneSerializer();
    public static final RecordType<TrafficPane> TYPE = new RecordType<>(TrafficPane.class, INSTANCE);

    /** A pane is merged in place: a copy is a copy. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TrafficPane createInstance() {
        return new TrafficPane(0, 0);
    }

    @Override
    public TrafficPane copy(TrafficPane from) {
        return from.copy();
    }

    @Override
    public TrafficPane copy(TrafficPane from, TrafficPane reuse) {
        return from.copy();
    }

    @Override
    public void serialize(TrafficPane pane, DataOutputView out) throws IOException {
        TrafficPaneCodec.write(pane, out);
    }

    @Override
    public TrafficPane deserialize(DataInputView in) throws IOException {
        return TrafficPaneCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<TrafficPane> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrafficPane> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.type.RecordSerializer;
import io.millrace.flink.type.RecordType;
import io.millrace.monitor.alert.AlertState;
import io.millrace.monitor.alert.AlertStateCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Flink's adapter on {@link AlertStateCodec}, whose bytes carry their own version. */
public final class AlertStateSerializer extends RecordSerializer<AlertState> {

    private static final long serialVersionUID = 1L;
    private static final int FIRST_SIZE = 256;

    public static final AlertStateSerializer INSTANCE = new AlertStateSerializer();
    public static final RecordType<AlertState> TYPE = new RecordType<>(AlertState.class, INSTANCE);

    /** It is changed in place: a copy is a copy. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public AlertState createInstance() {
        return new AlertState();
    }

    @Override
    public AlertState copy(AlertState from) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(FIRST_SIZE);
            serialize(from, out);
            return deserialize(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory that cannot be read", impossible);
        }
    }

    @Override
    public AlertState copy(AlertState from, AlertState reuse) {
        return copy(from);
    }

    @Override
    public void serialize(AlertState state, DataOutputView out) throws IOException {
        AlertStateCodec.write(state, out);
    }

    @Override
    public AlertState deserialize(DataInputView in) throws IOException {
        return AlertStateCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<AlertState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<AlertState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.feature.KeyState;
import io.millrace.feature.KeyStateCodec;
import io.millrace.flink.type.RecordSerializer;
import io.millrace.flink.type.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Flink's adapter on {@link KeyStateCodec}, whose bytes carry their own version. */
public final class KeyStateSerializer extends RecordSerializer<KeyState> {

    private static final long serialVersionUID = 1L;

    public static final KeyStateSerializer INSTANCE = new KeyStateSerializer();
    public static final RecordType<KeyState> TYPE = new RecordType<>(KeyState.class, INSTANCE);

    /** Key state changes in place: a copy is a copy. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public KeyState createInstance() {
        return new KeyState();
    }

    @Override
    public KeyState copy(KeyState from) {
        return from.copy();
    }

    @Override
    public KeyState copy(KeyState from, KeyState reuse) {
        return from.copy();
    }

    @Override
    public void serialize(KeyState state, DataOutputView out) throws IOException {
        KeyStateCodec.write(state, out);
    }

    @Override
    public KeyState deserialize(DataInputView in) throws IOException {
        return KeyStateCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<KeyState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.pipeline.record.FeatureVector;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a {@link KeyedVector}. They rest in state while an event is held for its turn. */
public final class KeyedVectorSerializer extends RecordSerializer<KeyedVector> {

    private static final long serialVersionUID = 1L;

    public static final KeyedVectorSerializer INSTANCE = new KeyedVectorSerializer();
    public static final RecordType<KeyedVector> TYPE = new RecordType<>(KeyedVector.class, INSTANCE);

    private static final KeyedVector EMPTY =
            new KeyedVector("", new FeatureVector(Empty.event(), new double[0], false), false);

    @Override
    public KeyedVector createInstance() {
        return EMPTY;
    }

    @Override
    public void serialize(KeyedVector keyed, DataOutputView out) throws IOException {
        Wire.writeText(keyed.key(), out);
        writeVector(keyed.vector(), out);
        out.writeBoolean(keyed.scored());
    }

    @Override
    public KeyedVector deserialize(DataInputView in) throws IOException {
        return new KeyedVector(Wire.readText(in), readVector(in), in.readBoolean());
    }

    static void writeVector(FeatureVector vector, DataOutputView out) throws IOException {
        EventSerializer.INSTANCE.serialize(vector.event(), out);
        Wire.writeDoubles(vector.values(), out);
        out.writeBoolean(vector.behindWatermark());
    }

    static FeatureVector readVector(DataInputView in) throws IOException {
        return new FeatureVector(EventSerializer.INSTANCE.deserialize(in), Wire.readDoubles(in), in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<KeyedVector> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyedVector> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

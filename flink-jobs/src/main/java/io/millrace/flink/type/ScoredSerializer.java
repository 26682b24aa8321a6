/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.Scored;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a {@link Scored}: the vector, then the prediction. */
public final class ScoredSerializer extends RecordSerializer<Scored> {

    private static final long serialVersionUID = 1L;

    public static final ScoredSerializer INSTANCE = new ScoredSerializer();
    public static final RecordType<Scored> TYPE = new RecordType<>(Scored.class, INSTANCE);

    private static final Scored EMPTY =
            new Scored(KeyedVectorSerializer.INSTANCE.createInstance().vector(), Empty.prediction());

    @Override
    public Scored createInstance() {
        return EMPTY;
    }

    @Override
    public void serialize(Scored scored, DataOutputView out) throws IOException {
        KeyedVectorSerializer.writeVector(scored.vector(), out);
        PredictionBytes.write(scored.prediction(), out);
    }

    @Override
    public Scored deserialize(DataInputView in) throws IOException {
        return new Scored(KeyedVectorSerializer.readVector(in), PredictionBytes.read(in));
    }

    @Override
    public TypeSerializerSnapshot<Scored> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Scored> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.flink.type.KeyedVectorSerializer;
import io.millrace.flink.type.PendingOutcomeSerializer;
import io.millrace.flink.type.RecordSerializer;
import io.millrace.flink.type.RecordType;
import io.millrace.pipeline.record.PendingOutcome;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What waits under one key. */
public final class LabelStateSerializer extends RecordSerializer<LabelState> {

    private static final long serialVersionUID = 1L;

    public static final LabelStateSerializer INSTANCE = new LabelStateSerializer();
    public static final RecordType<LabelState> TYPE = new RecordType<>(LabelState.class, INSTANCE);

    /** It is changed in place: a copy is a copy. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public LabelState createInstance() {
        return new LabelState();
    }

    @Override
    public LabelState copy(LabelState from) {
        return from.copy();
    }

    @Override
    public LabelState copy(LabelState from, LabelState reuse) {
        return from.copy();
    }

    @Override
    public void serialize(LabelState state, DataOutputView out) throws IOException {
        out.writeInt(state.predictions.size());
        for (PendingOutcome prediction : state.predictions) {
            PendingOutcomeSerializer.INSTANCE.serialize(prediction, out);
        }
        out.writeInt(state.labels.size());
        for (LabelState.HeldLabel label : state.labels) {
            KeyedVectorSerializer.INSTANCE.serialize(label.event(), out);
            out.writeBoolean(label.matched());
        }
    }

    @Override
    public LabelState deserialize(DataInputView in) throws IOException {
        LabelState state = new LabelState();
        for (int i = in.readInt(); i > 0; i--) {
            state.predictions.add(PendingOutcomeSerializer.INSTANCE.deserialize(in));
        }
        for (int i = in.readInt(); i > 0; i--) {
            state.labels.add(
                    new LabelState.HeldLabel(KeyedVectorSerializer.INSTANCE.deserialize(in), in.readBoolean()));
        }
        return state;
    }

    @Override
    public TypeSerializerSnapshot<LabelState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LabelState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.Outcome;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A prediction with its truth. */
public final class OutcomeSerializer extends RecordSerializer<Outcome> {

    private static final long serialVersionUID = 1L;

    public static final OutcomeSerializer INSTANCE = new OutcomeSerializer();
    public static final RecordType<Outcome> TYPE = new RecordType<>(Outcome.class, INSTANCE);

    @Override
    public Outcome createInstance() {
        return new Outcome(PendingOutcomeSerializer.INSTANCE.createInstance(), false, 0);
    }

    @Override
    public void serialize(Outcome outcome, DataOutputView out) throws IOException {
        PendingOutcomeSerializer.INSTANCE.serialize(outcome.prediction(), out);
        out.writeBoolean(outcome.positive());
        out.writeLong(outcome.knownAtMillis());
    }

    @Override
    public Outcome deserialize(DataInputView in) throws IOException {
        return new Outcome(PendingOutcomeSerializer.INSTANCE.deserialize(in), in.readBoolean(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Outcome> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Outcome> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

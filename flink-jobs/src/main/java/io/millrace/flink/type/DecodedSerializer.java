/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.schema.Decoded;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of what a source made of a record: the event, or the dead letter. */
public final class DecodedSerializer extends RecordSerializer<Decoded> {

    private static final long serialVersionUID = 1L;

    public static final DecodedSerializer INSTANCE = new DecodedSerializer();
    public static final RecordType<Decoded> TYPE = new RecordType<>(Decoded.class, INSTANCE);

    private static final Decoded EMPTY = new Decoded.Accepted(Empty.event());

    @Override
    public Decoded createInstance() {
        return EMPTY;
    }

    @Override
    public void serialize(Decoded decoded, DataOutputView out) throws IOException {
        if (decoded instanceof Decoded.Accepted accepted) {
            out.writeBoolean(true);
            EventSerializer.INSTANCE.serialize(accepted.event(), out);
        } else if (decoded instanceof Decoded.Refused refused) {
            out.writeBoolean(false);
            RefusalSerializer.writeDeadLetter(refused.deadLetter(), out);
        }
    }

    @Override
    public Decoded deserialize(DataInputView in) throws IOException {
        return in.readBoolean()
                ? new Decoded.Accepted(EventSerializer.INSTANCE.deserialize(in))
                : new Decoded.Refused(RefusalSerializer.readDeadLetter(in));
    }

    @Override
    public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Decoded> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

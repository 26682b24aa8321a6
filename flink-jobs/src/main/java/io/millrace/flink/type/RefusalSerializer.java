/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.Refusal;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link Refusal}: a tag, the original record, and what was wrong with it. */
public final class RefusalSerializer extends RecordSerializer<Refusal> {

    private static final long serialVersionUID = 1L;

    public static final RefusalSerializer INSTANCE = new RefusalSerializer();
    public static final RecordType<Refusal> TYPE = new RecordType<>(Refusal.class, INSTANCE);

    private static final byte DEAD_LETTER = 0;
    private static final byte LATE = 1;
    private static final Refusal EMPTY = new LateRecord(Empty.raw(), "", 0, 0, false, 0);

    @Override
    public Refusal createInstance() {
        return EMPTY;
    }

    @Override
    public void serialize(Refusal refusal, DataOutputView out) throws IOException {
        if (refusal instanceof DeadLetter deadLetter) {
            out.writeByte(DEAD_LETTER);
            writeDeadLetter(deadLetter, out);
        } else if (refusal instanceof LateRecord late) {
            out.writeByte(LATE);
            writeLate(late, out);
        }
    }

    @Override
    public Refusal deserialize(DataInputView in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case DEAD_LETTER -> readDeadLetter(in);
            case LATE -> readLate(in);
            default -> throw new IOException("refusal: unknown tag " + tag);
        };
    }

    static void writeDeadLetter(DeadLetter letter, DataOutputView out) throws IOException {
        Wire.writeRaw(letter.raw(), out);
        Wire.writeText(letter.reason().name(), out);
        Wire.writeText(letter.stage(), out);
        Wire.writeText(letter.field(), out);
        Wire.writeText(letter.message(), out);
        writeSchemaId(letter.schemaId(), out);
        out.writeLong(letter.atMillis());
    }

    static DeadLetter readDeadLetter(DataInputView in) throws IOException {
        return new DeadLetter(
                Wire.readRaw(in),
                DeadLetter.Reason.valueOf(Wire.readText(in)),
                Wire.readText(in),
                Wire.readNullableText(in),
                Wire.readText(in),
                readSchemaId(in),
                in.readLong());
    }

    private static void writeSchemaId(@Nullable Integer schemaId, DataOutputView out) throws IOException {
        out.writeBoolean(schemaId != null);
        if (schemaId != null) {
            out.writeInt(schemaId);
        }
    }

    private static @Nullable Integer readSchemaId(DataInputView in) throws IOException {
        return in.readBoolean() ? (Integer) in.readInt() : null;
    }

    private static void writeLate(LateRecord late, DataOutputView out) throws IOException {
        Wire.writeRaw(late.raw(), out);
        Wire.writeText(late.eventId(), out);
        out.writeLong(late.eventTimeMillis());
        out.writeLong(late.latenessMillis());
        out.writeBoolean(late.folded());
        out.writeLong(late.atMillis());
    }

    private static LateRecord readLate(DataInputView in) throws IOException {
        return new LateRecord(
                Wire.readRaw(in), Wire.readText(in), in.readLong(), in.readLong(), in.readBoolean(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Refusal> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Refusal> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

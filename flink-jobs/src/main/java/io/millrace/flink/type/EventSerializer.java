/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.Event;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an {@link Event}, its original record included. */
public final class EventSerializer extends RecordSerializer<Event> {

    private static final long serialVersionUID = 1L;

    public static final EventSerializer INSTANCE = new EventSerializer();
    public static final RecordType<Event> TYPE = new RecordType<>(Event.class, INSTANCE);

    private static final Event EMPTY = Empty.event();

    @Override
    public Event createInstance() {
        return EMPTY;
    }

    @Override
    public void serialize(Event event, DataOutputView out) throws IOException {
        out.writeByte(event.stream());
        Wire.writeText(event.id(), out);
        out.writeLong(event.eventTimeMillis());
        Wire.writeDoubles(event.numbers(), out);
        Wire.writeTexts(event.texts(), out);
        Wire.writeRaw(event.raw(), out);
        out.writeLong(event.ingestedAtMillis());
    }

    @Override
    public Event deserialize(DataInputView in) throws IOException {
        return new Event(
                in.readUnsignedByte(),
                Wire.readText(in),
                in.readLong(),
                Wire.readDoubles(in),
                Wire.readTexts(in),
                Wire.readRaw(in),
                in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Event> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

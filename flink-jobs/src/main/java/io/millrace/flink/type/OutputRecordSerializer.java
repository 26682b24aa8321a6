/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.RawHeader;
import io.millrace.schema.OutputRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an encoded record on its way to the sink. */
public final class OutputRecordSerializer extends RecordSerializer<OutputRecord> {

    private static final long serialVersionUID = 1L;

    public static final OutputRecordSerializer INSTANCE = new OutputRecordSerializer();
    public static final RecordType<OutputRecord> TYPE = new RecordType<>(OutputRecord.class, INSTANCE);

    private static final OutputRecord EMPTY = new OutputRecord("", null, null, new RawHeader[0]);

    @Override
    public OutputRecord createInstance() {
        return EMPTY;
    }

    @Override
    public void serialize(OutputRecord record, DataOutputView out) throws IOException {
        Wire.writeText(record.topic(), out);
        Wire.writeBytes(record.key(), out);
        Wire.writeBytes(record.value(), out);
        Wire.writeHeaders(record.headers(), out);
    }

    @Override
    public OutputRecord deserialize(DataInputView in) throws IOException {
        return new OutputRecord(Wire.readText(in), Wire.readBytes(in), Wire.readBytes(in), Wire.readHeaders(in));
    }

    @Override
    public TypeSerializerSnapshot<OutputRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutputRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

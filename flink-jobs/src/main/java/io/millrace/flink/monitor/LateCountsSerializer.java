/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.type.RecordSerializer;
import io.millrace.flink.type.RecordType;
import io.millrace.monitor.late.LateCounts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Flink's adapter on {@link LateCounts}, whose bytes carry their own version. */
public final class LateCountsSerializer extends RecordSerializer<LateCounts> {

    private static final long serialVersionUID = 1L;

    public static final LateCountsSerializer INSTANCE = new LateCountsSerializer();
    public static final RecordType<LateCounts> TYPE = new RecordType<>(LateCounts.class, INSTANCE);

    /** A pane is merged in place: a copy is a copy. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public LateCounts createInstance() {
        return LateCounts.empty();
    }

    @Override
    public LateCounts copy(LateCounts from) {
        return from.copy();
    }

    @Override
    public LateCounts copy(LateCounts from, LateCounts reuse) {
        return from.copy();
    }

    @Override
    public void serialize(LateCounts pane, DataOutputView out) throws IOException {
        pane.write(out);
    }

    @Override
    public LateCounts deserialize(DataInputView in) throws IOException {
        return LateCounts.read(in);
    }

    @Override
    public TypeSerializerSnapshot<LateCounts> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LateCounts> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

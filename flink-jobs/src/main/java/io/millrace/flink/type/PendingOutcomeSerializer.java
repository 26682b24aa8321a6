/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.PendingOutcome;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A prediction that waits for its truth. */
public final class PendingOutcomeSerializer extends RecordSerializer<PendingOutcome> {

    private static final long serialVersionUID = 1L;
    private static final int UNDECIDED = 2;

    public static final PendingOutcomeSerializer INSTANCE = new PendingOutcomeSerializer();
    public static final RecordType<PendingOutcome> TYPE = new RecordType<>(PendingOutcome.class, INSTANCE);

    @Override
    public PendingOutcome createInstance() {
        return new PendingOutcome("", 0, new ModelVersion("", "", ""), 0, null, new String[0], PendingOutcome.NO_WORTH);
    }

    @Override
    public void serialize(PendingOutcome pending, DataOutputView out) throws IOException {
        Wire.writeText(pending.key(), out);
        out.writeLong(pending.eventTimeMillis());
        Wire.writeText(pending.model().name(), out);
        Wire.writeText(pending.model().version(), out);
        Wire.writeText(pending.model().digest(), out);
        out.writeFloat(pending.score());
        out.writeByte(pending.decision() == null ? UNDECIDED : pending.decision() ? 1 : 0);
        Wire.writeTexts(pending.segments(), out);
        out.writeByte(pending.worth().length);
        for (double each : pending.worth()) {
            out.writeDouble(each);
        }
    }

    @Override
    public PendingOutcome deserialize(DataInputView in) throws IOException {
        String key = Wire.readText(in);
        long time = in.readLong();
        ModelVersion model = new ModelVersion(Wire.readText(in), Wire.readText(in), Wire.readText(in));
        float score = in.readFloat();
        int decision = in.readByte();
        Boolean decided = decision == UNDECIDED ? null : decision == 1;
        return new PendingOutcome(key, time, model, score, decided, Wire.readNames(in), readWorth(in));
    }

    private static double[] readWorth(DataInputView in) throws IOException {
        int size = in.readUnsignedByte();
        if (size == 0) {
            return PendingOutcome.NO_WORTH;
        }
        double[] worth = new double[size];
        for (int i = 0; i < size; i++) {
            worth[i] = in.readDouble();
        }
        return worth;
    }

    @Override
    public TypeSerializerSnapshot<PendingOutcome> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PendingOutcome> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

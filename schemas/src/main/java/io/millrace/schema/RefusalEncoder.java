/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.Refusal;
import io.millrace.pipeline.spec.OutputSpec;

/**
 * Refusals to records: the original key, value and headers byte for byte, and headers that say why. Where the original is
 * too large for the output, its value shrinks to a digest and its first kilobyte, and its headers to a digest.
 */
public final class RefusalEncoder {

    private final String pipeline;
    private final OutputSpec outputs;
    private final Shrinking shrinking;

    public RefusalEncoder(String pipeline, OutputSpec outputs, OutputLimits limits) {
        this.pipeline = pipeline;
        this.outputs = outputs;
        this.shrinking = new Shrinking(limits);
    }

    public OutputRecord encode(Refusal refusal) {
        RawRecord raw = refusal.raw();
        String topic = refusal instanceof DeadLetter ? outputs.deadLetters() : outputs.late();
        return shrinking.fit(topic, raw, reasons(refusal));
    }

    private RawHeader[] reasons(Refusal refusal) {
        return refusal instanceof DeadLetter letter ? deadLetter(letter) : late((LateRecord) refusal);
    }

    private RawHeader[] deadLetter(DeadLetter letter) {
        Headers headers = new Headers()
                .add("millrace.dlq.reason", letter.reason().name())
                .add("millrace.dlq.stage", letter.stage());
        addPosition(headers, "millrace.dlq.", letter.raw());
        headers.add("millrace.dlq.pipeline", pipeline).add("millrace.dlq.message", letter.message());
        if (letter.field() != null) {
            headers.add("millrace.dlq.field", letter.field());
        }
        if (letter.schemaId() != null) {
            headers.add("millrace.dlq.schema-id", letter.schemaId());
        }
        return headers.add("millrace.dlq.at", letter.atMillis()).toArray();
    }

    private RawHeader[] late(LateRecord late) {
        Headers headers = new Headers()
                .add("millrace.late.lateness-ms", late.latenessMillis())
                .add("millrace.late.event-id", late.eventId())
                .add("millrace.late.event-time", late.eventTimeMillis())
                .add("millrace.late.folded", Boolean.toString(late.folded()));
        addPosition(headers, "millrace.late.", late.raw());
        return headers.add("millrace.late.pipeline", pipeline)
                .add("millrace.late.at", late.atMillis())
                .toArray();
    }

    private static void addPosition(Headers headers, String prefix, RawRecord raw) {
        headers.add(prefix + "topic", raw.position().topic())
                .add(prefix + "partition", raw.position().partition())
                .add(prefix + "offset", raw.position().offset())
                .add(prefix + "timestamp", raw.timestampMillis());
    }
}

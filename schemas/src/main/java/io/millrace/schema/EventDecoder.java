/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.DeadLetter.Reason;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.FieldText;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.spec.StreamSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Kafka records of one stream to events. A record that cannot be one becomes a dead letter with the reason; nothing is
 * thrown. The writer's schema is the stream's own: under the Confluent wire format every schema id is taken to be that
 * schema, and a datum that does not fit it to the last byte is refused. Non-finite numbers are missing. Not thread-safe.
 */
public final class EventDecoder {

    /** 2000-01-01T00:00:00Z: a time before it is a unit mistaken or a field not filled. */
    static final long EARLIEST_MILLIS = 946_684_800_000L;

    private static final String STAGE = "source";

    private final int stream;
    private final Envelope envelope;
    private final SlotReader reader;
    private final AvroCursor cursor = new AvroCursor();
    private final int numberSlots;
    private final int textSlots;
    private final Field timeField;
    private final @Nullable FieldText id;
    private final long maxFutureMillis;

    private EventDecoder(StreamSpec spec, int stream, Schema schema, EventLayout layout) {
        this.stream = stream;
        this.envelope = new Envelope(spec.encoding(), schema);
        this.numberSlots = layout.numberSlots();
        this.textSlots = layout.textSlots();
        this.timeField = Objects.requireNonNull(layout.field(spec.eventTime().field()));
        Field idField = spec.id() == null ? null : Objects.requireNonNull(layout.field(spec.id()));
        this.id = idField == null ? null : new FieldText(layout, idField);
        this.reader = SlotReaders.of(schema, layout);
        this.maxFutureMillis = spec.eventTime().maxFuture().toMillis();
    }

    /**
     * The decoder of a stream.
     *
     * @param streamIndex the stream's index in the pipeline file
     * @param layout what {@link StreamSchema#check} made of the same schema
     */
    public static EventDecoder of(StreamSpec spec, int streamIndex, String schemaJson, EventLayout layout) {
        return new EventDecoder(spec, streamIndex, StreamSchema.parse(schemaJson), layout);
    }

    /** The event, or why the record is none. The event's arrays are its own. */
    public Decoded decode(RawRecord raw, long nowMillis) {
        byte[] value = raw.value();
        if (value == null) {
            return refuse(
                    raw,
                    Reason.NULL_VALUE,
                    null,
                    "the value is null. Send an event, or read this topic as a table.",
                    nowMillis);
        }
        double[] numbers = new double[numberSlots];
        @Nullable String[] texts = new @Nullable String[textSlots];
        Arrays.fill(numbers, Double.NaN);
        envelope.schemaId = null;
        try {
            cursor.reset(value, envelope.open(value));
            reader.read(cursor, numbers, texts, 0);
            if (cursor.remaining() > 0) {
                throw new Malformed(cursor.remaining() + " bytes are left after the last field");
            }
        } catch (Malformed malformed) {
            return refuse(
                    raw,
                    envelope.reason,
                    null,
                    malformed.getMessage() + ". Send it in the stream's encoding, written with the stream's schema.",
                    nowMillis);
        }
        return event(raw, numbers, texts, nowMillis);
    }

    private Decoded event(RawRecord raw, double[] numbers, @Nullable String[] texts, long nowMillis) {
        double time = numbers[timeField.slot()];
        if (Double.isNaN(time)) {
            return missing(raw, timeField, "it is the event time", nowMillis);
        }
        long eventTimeMillis = (long) time;
        if (eventTimeMillis < EARLIEST_MILLIS || eventTimeMillis > nowMillis + maxFutureMillis) {
            return refuse(raw, Reason.TIMESTAMP_RANGE, timeField.name(), rangeMessage(eventTimeMillis), nowMillis);
        }
        String text = id == null ? defaultId(raw) : id.of(numbers, texts);
        if (text == null) {
            return missing(raw, Objects.requireNonNull(id).field(), "it identifies the event", nowMillis);
        }
        return new Decoded.Accepted(new Event(stream, text, eventTimeMillis, numbers, texts, raw, nowMillis));
    }

    private String rangeMessage(long eventTimeMillis) {
        return "field '" + timeField.name() + "' is " + eventTimeMillis + " (" + instant(eventTimeMillis)
                + "), outside 2000-01-01 to " + maxFutureMillis / 1_000
                + " s ahead of the clock. Send milliseconds since the epoch from a clock that is right.";
    }

    private static String instant(long millis) {
        return millis > -62_135_596_800_000L && millis < 253_402_300_800_000L
                ? Instant.ofEpochMilli(millis).toString()
                : "no calendar year has it";
    }

    private Decoded missing(RawRecord raw, Field field, String role, long nowMillis) {
        return refuse(
                raw,
                Reason.MISSING_FIELD,
                field.name(),
                "field '" + field.name() + "' is null, and " + role + ". Fill it in the producer.",
                nowMillis);
    }

    private Decoded refuse(RawRecord raw, Reason reason, @Nullable String field, String message, long nowMillis) {
        return new Decoded.Refused(new DeadLetter(raw, reason, STAGE, field, message, envelope.schemaId, nowMillis));
    }

    private static String defaultId(RawRecord raw) {
        for (RawHeader header : raw.headers()) {
            byte[] value = header.value();
            if (header.name().equals("ce_id") && value != null) {
                return new String(value, StandardCharsets.UTF_8);
            }
        }
        return raw.position().topic()
                + '-'
                + raw.position().partition()
                + '-'
                + raw.position().offset();
    }
}

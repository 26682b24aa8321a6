/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream whose schema has one field of every kind. */
final class Streams {

    static final long NOW = 1_700_000_000_000L;

    static final String SCHEMA = """
            {"type": "record", "name": "Everything", "fields": [
              {"name": "id", "type": ["null", "string"]},
              {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "small", "type": "int"},
              {"name": "big", "type": "long"},
              {"name": "single", "type": "float"},
              {"name": "twice", "type": ["double", "null"]},
              {"name": "flag", "type": "boolean"},
              {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
              {"name": "blob", "type": "bytes"},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "counts", "type": {"type": "map", "values": "long"}},
              {"name": "choice", "type": ["null", "string", "long"]},
              {"name": "device", "type": ["null", {"type": "record", "name": "Device", "fields": [
                 {"name": "os", "type": "string"},
                 {"name": "parent", "type": ["null", "Device"]},
                 {"name": "age", "type": ["null", "int"]}]}]}
            ]}
            """;

    private Streams() {}

    static StreamSpec spec(WireFormat format, @Nullable String id) {
        return new StreamSpec(
                "all",
                "all.events",
                "all.avsc",
                format,
                id,
                new EventTimeSpec(
                        "at", Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5)));
    }

    static EventLayout layout() {
        return Objects.requireNonNull(
                StreamSchema.check(spec(WireFormat.BINARY, null), SCHEMA, List.of(), new Problems()));
    }

    static EventDecoder decoder(WireFormat format, @Nullable String id) {
        return EventDecoder.of(spec(format, id), 0, SCHEMA, layout());
    }

    static RawRecord raw(byte @Nullable [] value, RawHeader... headers) {
        return new RawRecord(new SourcePosition("all.events", 1, 42), NOW, new byte[] {7}, value, headers);
    }
}

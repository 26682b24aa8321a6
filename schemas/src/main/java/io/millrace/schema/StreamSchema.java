/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import io.millrace.pipeline.spec.StreamSpec;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Holds the Avro schema of a stream against what the pipeline file says of the stream. */
public final class StreamSchema {

    private final StreamSpec stream;
    private final Problems problems;

    private StreamSchema(StreamSpec stream, Problems problems) {
        this.stream = stream;
        this.problems = problems;
    }

    /** The slots of the stream's events; null when problems were added. */
    public static @Nullable EventLayout check(
            StreamSpec stream, String schemaJson, Collection<String> keys, Problems problems) {
        EventLayout layout = new StreamSchema(stream, problems).check(schemaJson);
        Set<String> exact = new HashSet<>(keys);
        if (stream.id() != null) {
            exact.add(stream.id());
        }
        return layout == null ? null : layout.withExact(exact);
    }

    /** Parses a schema that was checked before. */
    static Schema parse(String schemaJson) {
        return new Schema.Parser().parse(schemaJson);
    }

    private @Nullable EventLayout check(String schemaJson) {
        Schema schema = parsed(schemaJson);
        if (schema == null) {
            return null;
        }
        EventLayout layout =
                AvroLayout.of(stream.name(), schema, stream.eventTime().field());
        boolean timed = checkTime(layout);
        boolean identified = checkId(layout);
        return timed && identified ? layout : null;
    }

    private @Nullable Schema parsed(String schemaJson) {
        try {
            Schema schema = parse(schemaJson);
            if (schema.getType() == Schema.Type.RECORD) {
                return schema;
            }
            problems.add(
                    path("schema"),
                    "the schema in '" + stream.schema() + "' is a "
                            + schema.getType().getName() + ", not a record. Events are records.");
        } catch (AvroRuntimeException invalid) {
            problems.add(
                    path("schema"),
                    "'" + stream.schema() + "' is not an Avro schema: " + invalid.getMessage() + ". Correct the file.");
        }
        return null;
    }

    private boolean checkTime(EventLayout layout) {
        return checkField(layout, "event_time.field", stream.eventTime().field(), Kind.TIME);
    }

    private boolean checkId(EventLayout layout) {
        String id = stream.id();
        return id == null || checkField(layout, "id", id, Kind.TEXT, Kind.NUMBER);
    }

    private boolean checkField(EventLayout layout, String key, String name, Kind... wanted) {
        Field field = layout.field(name);
        if (field == null) {
            List<String> known = layout.fields().stream().map(Field::name).toList();
            problems.add(
                    path(key),
                    "the schema has no field '" + name + "' that could be used here." + Problems.suggest(name, known));
            return false;
        }
        if (List.of(wanted).contains(field.kind())) {
            return true;
        }
        problems.add(
                path(key),
                "field '" + name + "' is a " + field.kind().name().toLowerCase(Locale.ROOT) + ". Name a "
                        + wanted[0].name().toLowerCase(Locale.ROOT) + " field.");
        return false;
    }

    private String path(String key) {
        return "streams." + stream.name() + '.' + key;
    }
}

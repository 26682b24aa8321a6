/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Either;
import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.NotBuilt;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.ValueType;
import io.millrace.pipeline.grammar.Variants;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Text;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.pipeline.yaml.YamlNode;
import java.time.Duration;
import java.util.List;

/** {@code streams.<name>}: one input stream. */
final class StreamReader {

    private static final Key<String> TIME_FIELD =
            Key.required("field", Names.FIELD, "the field that holds the event time");
    private static final Key<Duration> MAX_OUT_OF_ORDER = Key.withDefault(
            "max_out_of_order",
            TimeSpan.ANY,
            EventTimeSpec.DEFAULT_MAX_OUT_OF_ORDER,
            "how far an event may stand behind the greatest time of its partition before it is late");
    private static final Key<Duration> IDLE_AFTER = Key.withDefault(
            "idle_after",
            TimeSpan.POSITIVE,
            EventTimeSpec.DEFAULT_IDLE_AFTER,
            "how long a partition may be silent before it stops holding the others back");
    private static final Key<Duration> ALLOWED_LATENESS = Key.withDefault(
            "allowed_lateness",
            TimeSpan.ANY,
            EventTimeSpec.DEFAULT_ALLOWED_LATENESS,
            "how late an event may be and still be folded into state");
    private static final Key<Duration> MAX_FUTURE = Key.withDefault(
            "max_future",
            TimeSpan.ANY,
            EventTimeSpec.DEFAULT_MAX_FUTURE,
            "how far ahead of the wall clock a timestamp may lie before it is a dead letter");

    private static final Section<EventTimeSpec> EVENT_TIME_SECTION = new Section<>(
            "an event time",
            "How the stream tells time",
            List.of(TIME_FIELD, MAX_OUT_OF_ORDER, IDLE_AFTER, ALLOWED_LATENESS, MAX_FUTURE),
            StreamReader::eventTime);

    private static final Key<String> TOPIC = Key.required("topic", Names.TOPIC, "the Kafka topic that is read");
    private static final Key<String> SCHEMA = Key.required(
            "schema",
            new Either<>(
                    "an Avro schema file",
                    List.of(
                            new NotBuilt<>(
                                    ": { registry, subject }",
                                    "schema registries",
                                    "schema",
                                    YamlNode.Mapping.class::isInstance),
                            Text.of("an Avro schema file"))),
            "the Avro schema file, relative to the pipeline file");
    private static final Key<WireFormat> ENCODING = Key.withDefault(
            "encoding",
            Choice.of("binary", WireFormat.BINARY)
                    .or("single_object", WireFormat.SINGLE_OBJECT)
                    .or("confluent", WireFormat.CONFLUENT)
                    .orNotBuilt("json", "JSON events", "encoding"),
            WireFormat.BINARY,
            "how an event stands in the record's value");
    private static final Key<String> ID = Key.optional(
            "id", Names.FIELD, "the header `ce_id`, else topic-partition-offset", "the field that identifies an event");
    private static final Key<EventTimeSpec> EVENT_TIME =
            Key.required("event_time", EVENT_TIME_SECTION, "how the stream tells time, at least its field");

    static final ValueType<StreamSpec> STREAM = new Variants<>(
            Names.STREAM,
            List.of(Variants.notBuilt("lookup tables", "stream", "table")),
            new Section<>(
                    "a stream",
                    "One input stream",
                    List.of(TOPIC, SCHEMA, ENCODING, ID, EVENT_TIME),
                    StreamReader::stream));

    private StreamReader() {}

    private static StreamSpec stream(Section.Values values) {
        return new StreamSpec(
                values.name(),
                values.get(TOPIC),
                values.get(SCHEMA),
                values.get(ENCODING),
                values.find(ID),
                values.get(EVENT_TIME));
    }

    private static EventTimeSpec eventTime(Section.Values values) {
        return new EventTimeSpec(
                values.get(TIME_FIELD),
                values.get(MAX_OUT_OF_ORDER),
                values.get(IDLE_AFTER),
                values.get(ALLOWED_LATENESS),
                values.get(MAX_FUTURE));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.problem.Problem;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.WireFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class StreamSchemaTest {

    @Test
    void everyTypeThatAnExpressionCouldUseHasASlotOfItsKind() {
        EventLayout layout = Streams.layout();

        assertThat(layout.fields())
                .extracting(field -> field.name() + ' ' + field.kind() + ' ' + field.slot())
                .containsExactly(
                        "id TEXT 0",
                        "at TIME 0",
                        "micros TIME 1",
                        "day TIME 2",
                        "small NUMBER 3",
                        "big NUMBER 4",
                        "single NUMBER 5",
                        "twice NUMBER 6",
                        "flag BOOLEAN 7",
                        "colour TEXT 1",
                        "price NUMBER 8",
                        "device.os TEXT 2",
                        "device.age NUMBER 9");
        assertThat(layout.numberSlots()).isEqualTo(10);
        assertThat(layout.textSlots()).isEqualTo(3);
    }

    /** Two records of one type beside each other are no cycle. */
    @Test
    void recordUsedTwiceHasSlotsTwice() {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "R", "fields": [
                  {"name": "from", "type": {"type": "record", "name": "Place", "fields": [
                    {"name": "lat", "type": "double"}]}},
                  {"name": "to", "type": ["Place", "null"]},
                  {"name": "at", "type": "long"},
                  {"name": "other", "type": "long"}]}
                """);

        assertThat(AvroLayout.of("r", schema, "at").fields())
                .extracting(field -> field.name() + ' ' + field.kind() + ' ' + field.slot())
                .containsExactly("from.lat NUMBER 0", "to.lat NUMBER 1", "at TIME 2", "other NUMBER 3");
    }

    @Test
    void unitsOfTimes() {
        assertThat(units("timestamp-millis")).isEqualTo(1);
        assertThat(units("timestamp-micros")).isEqualTo(1_000);
        assertThat(units("timestamp-nanos")).isEqualTo(1_000_000);
        assertThat(units("local-timestamp-micros")).isEqualTo(1_000);
        assertThat(units("time-micros")).isEqualTo(1);
        assertThat(AvroLayout.unitsPerMilli(Schema.create(Schema.Type.LONG))).isEqualTo(1);
    }

    @Test
    void schemaThatIsNoneOrNoRecordIsAProblem() {
        assertThat(problems("\"string\"", null))
                .containsExactly(new Problem(
                        "streams.all.schema",
                        "the schema in 'all.avsc' is a string, not a record. Events are records."));
        assertThat(problems("{\"type\": \"record\"}", null))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("'all.avsc' is not an Avro schema: ")
                        .endsWith(". Correct the file."));
        assertThat(problems("no json", null))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("streams.all.schema"));
    }

    @Test
    void fieldsThatDoNotFitTheirRoleAreAllNamed() {
        String schema = """
                {"type": "record", "name": "R", "fields": [
                  {"name": "at", "type": "string"},
                  {"name": "ident", "type": "long"}]}
                """;

        assertThat(problems(schema, "indent"))
                .containsExactly(
                        new Problem("streams.all.event_time.field", "field 'at' is a text. Name a time field."),
                        new Problem(
                                "streams.all.id",
                                "the schema has no field 'indent' that could be used here. Did you mean 'ident'?"));
        assertThat(problems(
                        schema.replace("\"string\"", "\"long\"")
                                .replace("\"ident\", \"type\": \"long\"", "\"ident\"," + " \"type\": \"boolean\""),
                        "ident"))
                .containsExactly(new Problem("streams.all.id", "field 'ident' is a boolean. Name a text field."));
    }

    private static List<Problem> problems(String schema, String id) {
        Problems problems = new Problems();
        assertThat(StreamSchema.check(Streams.spec(WireFormat.BINARY, id), schema, List.of(), problems))
                .isNull();
        return problems.asList();
    }

    private static long units(String logicalType) {
        return AvroLayout.unitsPerMilli(
                new Schema.Parser().parse("{\"type\": \"long\", \"logicalType\": \"" + logicalType + "\"}"));
    }
}

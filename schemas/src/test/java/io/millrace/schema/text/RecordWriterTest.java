/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.spec.WireFormat;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordWriterTest {

    private static final String TIMESTAMP = "{'type': 'long', 'logicalType': 'timestamp-millis'}";
    private static final String MICROS = "{'type': 'long', 'logicalType': 'timestamp-micros'}";
    private static final String NANOS = "{'type': 'long', 'logicalType': 'timestamp-nanos'}";
    private static final String DAY = "{'type': 'int', 'logicalType': 'date'}";
    private static final String DECIMAL = "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 6, 'scale': 2}";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "'int'; -5; -5",
                "'int'; 5.0; 5",
                "'long'; 1E3; 1000",
                "'long'; 1.7e12; 1700000000000",
                "'float'; 0.1; 0.1",
                "'double'; NaN; NaN",
                "'boolean'; Yes; true",
                "'boolean'; 0; false",
                TIMESTAMP + "; 1700000000123; 1700000000123",
                TIMESTAMP + "; 1.7E+12; 1700000000000",
                TIMESTAMP + "; 2023-11-14T22:13:20.123Z; 1700000000123",
                TIMESTAMP + "; 2023-11-14 22:13:20; 1700000000000",
                TIMESTAMP + "; 2023-11-15T00:13:20+02:00; 1700000000000",
                TIMESTAMP + "; 2023-11-14T19:13:20-03:00; 1700000000000",
                TIMESTAMP + "; 2023-11-14; 1699920000000",
                MICROS + "; 2023-11-14T22:13:20.123456Z; 1700000000123456",
                NANOS + "; 1969-12-31T23:59:59.999999999Z; -1",
                DAY + "; 2022-01-08; 19000",
                DAY + "; 19000; 19000",
                "['null', 'int']; 7; 7",
                "{'type': 'long', 'logicalType': 'time-micros'}; 86399999999; 86399999999"
            })
    void cellsBecomeTheirType(String type, String cell, String value) {
        assertThat(cell(type, cell)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "'int'; five; field 'x': 'five' is not a int.",
                "'int'; 2147483648; field 'x': '2147483648' is not a int.",
                "'int'; 1.5; field 'x': '1.5' is not a int.",
                "'long'; 1e999999999; field 'x': '1e999999999' is not a long.",
                "'long'; 9223372036854775808; field 'x': '9223372036854775808' is not a long.",
                "'double'; ``; field 'x': '' is not a double.",
                "'boolean'; maybe; field 'x': 'maybe' is not a boolean.",
                TIMESTAMP + "; yesterday; field 'x': 'yesterday' is not a timestamp-millis.",
                TIMESTAMP + "; 2023-02-30; field 'x': '2023-02-30' is not a timestamp-millis.",
                TIMESTAMP + "; +999999999-12-31T00:00:00Z;"
                        + " field 'x': '+999999999-12-31T00:00:00Z' is not a timestamp-millis.",
                NANOS + "; 9999-12-31T00:00:00Z; field 'x': '9999-12-31T00:00:00Z' is not a timestamp-nanos.",
                DAY + "; 08.01.2022; field 'x': '08.01.2022' is not a date.",
                DECIMAL + "; 12,5; field 'x': '12,5' is not a decimal.",
                DECIMAL + "; 1.234; field 'x': '1.234' is not a decimal.",
                DECIMAL + "; 12345.6; field 'x': '12345.6' is not a decimal.",
                DECIMAL + "; 1e2000000000; field 'x': '1e2000000000' is not a decimal.",
                "{'type': 'enum', 'name': 'E', 'symbols': ['A', 'B']}; C; field 'x': 'C' is none of [A, B].",
                "{'type': 'fixed', 'name': 'F', 'size': 2}; 0a0;"
                        + " field 'x': '0a0' is not 2 bytes in hexadecimal, two digits each.",
                "{'type': 'fixed', 'name': 'F', 'size': 2}; +a0b;"
                        + " field 'x': '+a0b' is not 2 bytes in hexadecimal, two digits each.",
                "{'type': 'array', 'items': 'int'}; 1;"
                        + " field 'x': a array cannot be written in one cell. Send a .jsonl or .avro file."
            })
    void cellsThatDoNotFitSayTheFieldTheTextAndTheType(String type, String cell, String message) {
        assertThatThrownBy(() -> cell(type, cell))
                .isInstanceOf(TextException.class)
                .hasMessage(message);
    }

    @Test
    void decimalCellsAreTheirDigitsAndNotTheirLetters() {
        GenericRecord record = writer("{'name': 'x', 'type': " + DECIMAL + "}").row(List.of("x"), List.of(" -12.5 "));

        assertThat(RecordText.json(record).toString()).isEqualTo("{\"x\":-12.50}");
    }

    @Test
    void emptyCellIsNullWhereThatMayBeAndAbsentColumnIsTheDefault() {
        RecordWriter writer =
                writer("{'name': 'x', 'type': ['null', 'int']}, {'name': 'y', 'type': ['int', 'null'], 'default': 4},"
                        + " {'name': 'z', 'type': 'string', 'default': 'none'}");

        assertThat(writer.row(List.of("x"), List.of(""))).hasToString("{\"x\": null, \"y\": 4, \"z\": \"none\"}");
        assertThat(writer.row(Arrays.asList("x", null, "y", "z"), List.of("1", "ignored", "")))
                .hasToString("{\"x\": 1, \"y\": null, \"z\": \"\"}");
    }

    @Test
    void columnsFindTheirFieldsByNameOrAlias() {
        RecordWriter writer = writer("{'name': 'amount', 'type': 'double', 'aliases': ['TX_AMOUNT']},"
                + " {'name': 'note', 'type': 'string', 'default': ''}");

        assertThat(writer.columns(List.of(" TX_AMOUNT ", "other"))).containsExactly("amount", null);
        assertRefused(
                () -> writer.columns(List.of("amout", "note")),
                "no column for field 'amount', which has no default. Did you mean 'amout'? Rename a column, or give the"
                        + " field an alias.");
        assertRefused(
                () -> writer.columns(List.of("TX_AMOUNT", "note", "amount")),
                "columns 'TX_AMOUNT' and 'amount' both fill field 'amount'. Remove one.");
    }

    @Test
    void jsonTakesNamesAliasesDefaultsAndWhatFitsAUnion() {
        RecordWriter writer = writer("{'name': 'a', 'type': 'int', 'aliases': ['A']},"
                + " {'name': 'b', 'type': ['int', 'null'], 'default': 4},"
                + " {'name': 'c', 'type': ['null', 'string']},"
                + " {'name': 'd', 'type': ['null', 'int', 'long', 'double', 'boolean']},"
                + " {'name': 'in', 'type': {'type': 'record', 'name': 'In', 'fields': ["
                + "   {'name': 'e', 'type': 'string', 'default': 'none'}]}}");

        assertThat(writer.json("{\"A\": 1, \"in\": {}}"))
                .hasToString("{\"a\": 1, \"b\": 4, \"c\": null, \"d\": null, \"in\": {\"e\": \"none\"}}");
        assertThat(writer.json("{\"a\": 1, \"b\": null, \"c\": \"x\", \"d\": 3, \"in\": {\"e\": null}}"))
                .hasToString("{\"a\": 1, \"b\": null, \"c\": \"x\", \"d\": 3, \"in\": {\"e\": \"none\"}}");
        assertThat(writer.json("{\"a\": 1, \"d\": 5000000000, \"in\": {}}").get("d"))
                .isEqualTo(5_000_000_000L);
        assertThat(writer.json("{\"a\": 1, \"d\": 2.5, \"in\": {}}").get("d")).isEqualTo(2.5);
        assertThat(writer.json("{\"a\": 1, \"d\": true, \"in\": {}}").get("d")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "'string'; {}; field 'x': found a object, wanted a string.",
                "'string'; []; field 'x': found a array, wanted a string.",
                "'string'; null; field 'x': found a null, wanted a string.",
                "{'type': 'array', 'items': 'int'}; 5; field 'x': found a number, wanted a array.",
                "{'type': 'array', 'items': 'int'}; [1, null]; field 'x[1]': found a null, wanted a int.",
                "{'type': 'array', 'items': 'int'}; [1, ~two~]; field 'x[1]': 'two' is not a int.",
                "{'type': 'map', 'values': 'int'}; [1]; field 'x': found a array, wanted a map.",
                "{'type': 'map', 'values': 'int'}; {~k~: 1.5}; field 'x.k': '1.5' is not a int.",
                "['null', {'type': 'record', 'name': 'In', 'fields': [{'name': 'y', 'type': 'int'}]}]; ~no~;"
                        + " field 'x': found a string, wanted a record.",
                "{'type': 'record', 'name': 'In', 'fields': [{'name': 'y', 'type': 'int'}]}; {};"
                        + " field 'x.y' is missing, and it has no default."
            })
    void jsonThatDoesNotFitSaysWhere(String type, String value, String message) {
        RecordWriter writer = writer("{'name': 'x', 'type': " + type + "}");

        assertRefused(() -> writer.json("{\"x\": " + value.replace('~', '"') + "}"), message);
    }

    @Test
    void linesThatAreNoObjectAreRefused() {
        RecordWriter writer = writer("{'name': 'x', 'type': 'int'}");

        assertRefused(() -> writer.json("[1]"), "not a JSON object. Write one object a line.");
        assertRefused(() -> writer.json(""), "not a JSON object. Write one object a line.");
        assertRefused(() -> writer.json("{}"), "field 'x' is missing, and it has no default.");
        assertThatThrownBy(() -> writer.json("{\"x\": tru}"))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("not JSON: Unrecognized token 'tru'");
    }

    @Test
    void recordThatDoesNotFitTheSchemaIsNotEncoded() {
        RecordWriter writer = writer("{'name': 'x', 'type': 'int'}");

        assertThatThrownBy(() -> writer.encode(new GenericData.Record(writer.schema())))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("the record does not fit R: ");
    }

    @Test
    void schemasThatAreNoneAndConfluentAreRefused() {
        assertRefused(
                () -> new RecordWriter("\"string\"", WireFormat.BINARY),
                "the schema is a string, not a record. Events are records.");
        assertThatThrownBy(() -> new RecordWriter("{\"type\": \"recrd\"}", WireFormat.BINARY))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("the schema is not an Avro schema: ");
        assertRefused(
                () -> new RecordWriter("\"string\"", WireFormat.CONFLUENT),
                "the Confluent wire format needs a registry, which is not built yet. Use binary or single_object.");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(TextException.class).hasMessage(message);
    }

    private static Object cell(String type, String cell) {
        return writer("{'name': 'x', 'type': " + type + "}")
                .row(List.of("x"), List.of(cell))
                .get("x");
    }

    private static RecordWriter writer(String fields) {
        return new RecordWriter(
                "{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields.replace('\'', '"') + "]}",
                WireFormat.BINARY);
    }
}

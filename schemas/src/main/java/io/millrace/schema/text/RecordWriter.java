/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.spec.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Records of one schema from text to the bytes of a wire format. Not thread-safe. */
public final class RecordWriter {

    private final Schema schema;
    private final WireFormat format;
    private final GenericDatumWriter<GenericRecord> writer;

    /** A writer of records; Confluent's format needs a registry and is refused. */
    public RecordWriter(String schemaJson, WireFormat format) {
        if (format == WireFormat.CONFLUENT) {
            throw new TextException("the Confluent wire format needs a registry, which is not built yet. Use binary or"
                    + " single_object.");
        }
        this.schema = parse(schemaJson);
        this.format = format;
        this.writer = new GenericDatumWriter<>(schema);
    }

    private static Schema parse(String schemaJson) {
        try {
            Schema schema = new Schema.Parser().parse(schemaJson);
            if (schema.getType() == Schema.Type.RECORD) {
                return schema;
            }
            throw new TextException(
                    "the schema is a " + schema.getType().getName() + ", not a record. Events are records.");
        } catch (AvroRuntimeException invalid) {
            throw new TextException("the schema is not an Avro schema: " + invalid.getMessage());
        }
    }

    /**
     * Finds the field that each column of a file fills: by its name, or by one of its Avro aliases. A column that no field
     * has is null: its cells are left out.
     */
    public List<@Nullable String> columns(List<String> header) {
        List<@Nullable String> fields = new ArrayList<>();
        for (String column : header) {
            String field = fieldOf(column.strip());
            if (field != null && fields.contains(field)) {
                throw new TextException(
                        "columns '" + header.get(fields.indexOf(field)).strip() + "' and '" + column.strip()
                                + "' both fill field '" + field + "'. Remove one.");
            }
            fields.add(field);
        }
        for (Schema.Field field : schema.getFields()) {
            if (!fields.contains(field.name()) && !field.hasDefaultValue()) {
                throw new TextException("no column for field '" + field.name() + "', which has no default."
                        + Problems.suggest(field.name(), header) + " Rename a column, or give the field an alias.");
            }
        }
        return fields;
    }

    private @Nullable String fieldOf(String column) {
        for (Schema.Field field : schema.getFields()) {
            if (field.name().equals(column) || field.aliases().contains(column)) {
                return field.name();
            }
        }
        return null;
    }

    /** One row, whose cells stand in the order of {@code fields}; a field without a column is its default. */
    public GenericRecord row(List<@Nullable String> fields, List<String> cells) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i);
            if (name != null) {
                record.put(
                        name,
                        CellReader.read(
                                name,
                                i < cells.size() ? cells.get(i) : "",
                                schema.getField(name).schema()));
            }
        }
        for (Schema.Field field : schema.getFields()) {
            if (field.hasDefaultValue() && !fields.contains(field.name())) {
                record.put(field.pos(), GenericData.get().getDefaultValue(field));
            }
        }
        return record;
    }

    /** One record from a JSON object whose keys are field names or aliases; unions need no tags. */
    public GenericRecord json(String line) {
        return JsonReader.read(line, schema);
    }

    /** The record's bytes in the wire format. */
    public byte[] encode(GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (format == WireFormat.SINGLE_OBJECT) {
            bytes.writeBytes(ByteBuffer.allocate(10)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) 0xC3)
                    .put((byte) 1)
                    .putLong(SchemaNormalization.parsingFingerprint64(schema))
                    .array());
        }
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException unfit) {
            throw new TextException("the record does not fit " + schema.getFullName() + ": " + unfit.getMessage());
        }
        return bytes.toByteArray();
    }

    public Schema schema() {
        return schema;
    }
}

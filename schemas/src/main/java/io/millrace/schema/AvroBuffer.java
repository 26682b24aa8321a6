/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Collects one datum in a contract's order, behind the header of its wire format. Not thread-safe. */
final class AvroBuffer {

    private final byte[] header;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;

    AvroBuffer(Schema schema, boolean singleObject) {
        this.header = singleObject ? Envelope.singleObjectHeader(schema) : new byte[0];
    }

    /** What a record's encoder writes. */
    interface Datum {
        void write(BinaryEncoder out) throws IOException;
    }

    byte[] encode(Datum datum) {
        bytes.reset();
        bytes.writeBytes(header);
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        try {
            datum.write(encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static void writeNullable(@Nullable String text, BinaryEncoder out) throws IOException {
        out.writeIndex(text == null ? 0 : 1);
        if (text != null) {
            out.writeString(text);
        }
    }

    static void writeNullable(byte @Nullable [] value, BinaryEncoder out) throws IOException {
        out.writeIndex(value == null ? 0 : 1);
        if (value != null) {
            out.writeBytes(value);
        }
    }

    /** NaN stands for null. */
    static void writeNullable(double value, BinaryEncoder out) throws IOException {
        out.writeIndex(Double.isNaN(value) ? 0 : 1);
        if (!Double.isNaN(value)) {
            out.writeDouble(value);
        }
    }
}

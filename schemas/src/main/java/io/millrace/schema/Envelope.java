/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.DeadLetter.Reason;
import io.millrace.pipeline.spec.WireFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/** What stands before the datum in a Kafka value, by wire format. Not thread-safe. */
final class Envelope {

    /** Marker and fingerprint of Avro's single-object encoding. */
    static final int SINGLE_OBJECT_BYTES = 10;

    private static final int CONFLUENT_BYTES = 5;
    private static final byte CONFLUENT_MAGIC = 0;
    private static final byte CONFLUENT_GUID_MAGIC = 1;

    private final WireFormat format;
    private final long fingerprint;

    /** The reason of the last value that {@link #open} refused. */
    Reason reason = Reason.AVRO_DECODE;

    /** The Confluent schema id of the last value, when it had one. */
    @Nullable
    Integer schemaId;

    Envelope(WireFormat format, Schema schema) {
        this.format = format;
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    }

    /** The marker and fingerprint of a schema, as single-object encoding begins. */
    static byte[] singleObjectHeader(Schema schema) {
        return ByteBuffer.allocate(SINGLE_OBJECT_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    /** Where the datum begins. */
    int open(byte[] value) throws Malformed {
        reason = Reason.AVRO_DECODE;
        schemaId = null;
        return switch (format) {
            case BINARY -> 0;
            case SINGLE_OBJECT -> openSingleObject(value);
            case CONFLUENT -> openConfluent(value);
        };
    }

    private int openSingleObject(byte[] value) throws Malformed {
        if (value.length < SINGLE_OBJECT_BYTES || value[0] != (byte) 0xC3 || value[1] != 0x01) {
            throw new Malformed("the value does not begin with C3 01 and a fingerprint");
        }
        long found = ByteBuffer.wrap(value, 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (found != fingerprint) {
            reason = Reason.UNKNOWN_SCHEMA;
            throw new Malformed("the value's schema has fingerprint " + Long.toHexString(found) + ", the stream's has "
                    + Long.toHexString(fingerprint));
        }
        return SINGLE_OBJECT_BYTES;
    }

    private int openConfluent(byte[] value) throws Malformed {
        if (value.length > 0 && value[0] == CONFLUENT_GUID_MAGIC) {
            reason = Reason.UNKNOWN_SCHEMA;
            throw new Malformed("the value names its schema by GUID, which needs a registry");
        }
        if (value.length < CONFLUENT_BYTES || value[0] != CONFLUENT_MAGIC) {
            throw new Malformed("the value does not begin with a zero byte and a schema id of four bytes");
        }
        schemaId = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        return CONFLUENT_BYTES;
    }
}

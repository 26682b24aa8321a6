/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

/** How an Avro datum stands in a Kafka value. */
public enum WireFormat {
    /** The bare Avro binary encoding. */
    BINARY,
    /** Avro single-object encoding: {@code C3 01}, the schema's 64-bit Rabin fingerprint, the datum. */
    SINGLE_OBJECT,
    /** Confluent wire format: a zero byte, the schema's id (4 bytes, big-endian), the datum. */
    CONFLUENT
}

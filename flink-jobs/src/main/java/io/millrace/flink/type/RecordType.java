/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of a record that brings its own serializer. */
public final class RecordType<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    private final Class<T> recordClass;
    private final TypeSerializer<T> serializer;

    public RecordType(Class<T> recordClass, TypeSerializer<T> serializer) {
        this.recordClass = recordClass;
        this.serializer = serializer;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return recordClass;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public String toString() {
        return recordClass.getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType<?> that && recordClass == that.recordClass;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(recordClass);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RecordType;
    }
}

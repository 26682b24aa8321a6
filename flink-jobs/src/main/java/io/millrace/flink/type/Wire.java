/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** The pieces that every record's bytes are made of. A length of -1 stands for null. */
final class Wire {

    private static final int NULL = -1;

    private Wire() {}

    static void writeText(@Nullable String text, DataOutputView out) throws IOException {
        StringValue.writeString(text, out);
    }

    static @Nullable String readNullableText(DataInputView in) throws IOException {
        return StringValue.readString(in);
    }

    static String readText(DataInputView in) throws IOException {
        String text = StringValue.readString(in);
        if (text == null) {
            throw new IOException("a text that is never null was written as null");
        }
        return text;
    }

    static void writeBytes(byte @Nullable [] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeInt(NULL);
            return;
        }
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte @Nullable [] readBytes(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == NULL) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static void writeDoubles(double[] values, DataOutputView out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static double[] readDoubles(DataInputView in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    static void writeTexts(@Nullable String[] texts, DataOutputView out) throws IOException {
        out.writeInt(texts.length);
        for (String text : texts) {
            writeText(text, out);
        }
    }

    static @Nullable String[] readTexts(DataInputView in) throws IOException {
        @Nullable String[] texts = new @Nullable String[in.readInt()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = readNullableText(in);
        }
        return texts;
    }

    static String[] readNames(DataInputView in) throws IOException {
        String[] names = new String[in.readInt()];
        for (int i = 0; i < names.length; i++) {
            names[i] = readText(in);
        }
        return names;
    }

    static void writeFloats(float @Nullable [] values, DataOutputView out) throws IOException {
        if (values == null) {
            out.writeInt(NULL);
            return;
        }
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static float[] readFloats(DataInputView in) throws IOException {
        float[] values = readNullableFloats(in);
        if (values == null) {
            throw new IOException("numbers that are never null were written as null");
        }
        return values;
    }

    static float @Nullable [] readNullableFloats(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == NULL) {
            return null;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    static void writeRaw(RawRecord raw, DataOutputView out) throws IOException {
        writePosition(raw.position(), out);
        out.writeLong(raw.timestampMillis());
        writeBytes(raw.key(), out);
        writeBytes(raw.value(), out);
        writeHeaders(raw.headers(), out);
    }

    static RawRecord readRaw(DataInputView in) throws IOException {
        return new RawRecord(readPosition(in), in.readLong(), readBytes(in), readBytes(in), readHeaders(in));
    }

    static void writePosition(SourcePosition position, DataOutputView out) throws IOException {
        writeText(position.topic(), out);
        out.writeInt(position.partition());
        out.writeLong(position.offset());
    }

    static SourcePosition readPosition(DataInputView in) throws IOException {
        return new SourcePosition(readText(in), in.readInt(), in.readLong());
    }

    static void writeHeaders(RawHeader[] headers, DataOutputView out) throws IOException {
        out.writeInt(headers.length);
        for (RawHeader header : headers) {
            writeText(header.name(), out);
            writeBytes(header.value(), out);
        }
    }

    static RawHeader[] readHeaders(DataInputView in) throws IOException {
        RawHeader[] headers = new RawHeader[in.readInt()];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = new RawHeader(readText(in), readBytes(in));
        }
        return headers;
    }
}

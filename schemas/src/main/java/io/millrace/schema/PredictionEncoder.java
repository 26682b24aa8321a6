/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.spec.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Predictions to records of contract {@code io.millrace.Prediction}, with CloudEvents headers in binary mode. A record's
 * key is the event's Kafka key, or its id where it had none. Not thread-safe.
 */
public final class PredictionEncoder {

    private static final String CE_TYPE = "io.millrace.prediction";

    private final String topic;
    private final AvroBuffer buffer;

    public PredictionEncoder(String topic, WireFormat format) {
        this.topic = topic;
        this.buffer = new AvroBuffer(Contracts.prediction(), format == WireFormat.SINGLE_OBJECT);
    }

    public OutputRecord encode(Prediction prediction) {
        byte[] key = prediction.key();
        return new OutputRecord(
                topic,
                key == null ? prediction.eventId().getBytes(StandardCharsets.UTF_8) : key,
                buffer.encode(out -> write(prediction, out)),
                headers(prediction));
    }

    private static void write(Prediction prediction, BinaryEncoder out) throws IOException {
        out.writeString(prediction.predictionId());
        out.writeString(prediction.eventId());
        AvroBuffer.writeNullable(prediction.key(), out);
        out.writeLong(prediction.eventTimeMillis());
        out.writeString(prediction.pipeline());
        out.writeString(prediction.model().name());
        out.writeString(prediction.model().version());
        out.writeString(prediction.model().digest());
        out.writeString(prediction.arm());
        out.writeString(prediction.featureDigest());
        out.writeString(prediction.source().topic());
        out.writeInt(prediction.source().partition());
        out.writeLong(prediction.source().offset());
        writeScore(prediction.score(), out);
        writeOutputs(prediction.outputs(), out);
        AvroBuffer.writeNullable(prediction.label(), out);
        writeDecision(prediction.decision(), out);
        writeTop(prediction.top(), out);
        AvroBuffer.writeNullable(littleEndian(prediction.features()), out);
        writeCarried(prediction, out);
        writeExplanation(prediction.explanation(), out);
    }

    private static void writeExplanation(@Nullable Explanation explanation, BinaryEncoder out) throws IOException {
        out.writeIndex(explanation == null ? 0 : 1);
        if (explanation == null) {
            return;
        }
        out.writeString(explanation.method());
        out.writeString(explanation.baseline());
        out.writeArrayStart();
        if (explanation.features().length > 0) {
            out.setItemCount(explanation.features().length);
            for (int i = 0; i < explanation.features().length; i++) {
                out.writeString(explanation.features()[i]);
                writeNumber(explanation.values()[i], out);
                out.writeDouble(explanation.contributions()[i]);
            }
        }
        out.writeArrayEnd();
        writeNumber(explanation.completenessError(), out);
        AvroBuffer.writeNullable(explanation.skipped(), out);
    }

    /** NaN is null. */
    private static void writeNumber(double number, BinaryEncoder out) throws IOException {
        out.writeIndex(Double.isNaN(number) ? 0 : 1);
        if (!Double.isNaN(number)) {
            out.writeDouble(number);
        }
    }

    private static void writeScore(float score, BinaryEncoder out) throws IOException {
        out.writeIndex(Float.isNaN(score) ? 0 : 1);
        if (!Float.isNaN(score)) {
            out.writeFloat(score);
        }
    }

    private static void writeOutputs(float[] outputs, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        if (outputs.length > 0) {
            out.setItemCount(outputs.length);
            for (float output : outputs) {
                out.writeFloat(output);
            }
        }
        out.writeArrayEnd();
    }

    private static void writeTop(Ranking top, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        if (top.size() > 0) {
            out.setItemCount(top.size());
            for (int i = 0; i < top.size(); i++) {
                out.writeString(top.items()[i]);
                out.writeFloat(top.scores()[i]);
            }
        }
        out.writeArrayEnd();
    }

    private static void writeDecision(@Nullable Boolean decision, BinaryEncoder out) throws IOException {
        out.writeIndex(decision == null ? 0 : 1);
        if (decision != null) {
            out.writeBoolean(decision);
        }
    }

    private static void writeCarried(Prediction prediction, BinaryEncoder out) throws IOException {
        String[] names = prediction.carriedNames();
        out.writeMapStart();
        if (names.length > 0) {
            out.setItemCount(names.length);
            for (int i = 0; i < names.length; i++) {
                out.writeString(names[i]);
                writeValue(prediction.carried()[i], out);
            }
        }
        out.writeMapEnd();
    }

    private static void writeValue(@Nullable Object value, BinaryEncoder out) throws IOException {
        if (value == null) {
            out.writeIndex(0);
        } else if (value instanceof Double number) {
            out.writeIndex(1);
            out.writeDouble(number);
        } else if (value instanceof Boolean truth) {
            out.writeIndex(2);
            out.writeBoolean(truth);
        } else {
            out.writeIndex(3);
            out.writeString((String) value);
        }
    }

    /** Missing values become the canonical NaN, whatever NaN they were. */
    private static byte @Nullable [] littleEndian(float @Nullable [] features) {
        if (features == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(features.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float feature : features) {
            bytes.putInt(Float.floatToIntBits(feature));
        }
        return bytes.array();
    }

    private static RawHeader[] headers(Prediction prediction) {
        return new Headers()
                .add("ce_specversion", "1.0")
                .add("ce_id", prediction.predictionId())
                .add("ce_source", "/millrace/" + prediction.pipeline())
                .add("ce_type", CE_TYPE)
                .addTime("ce_time", prediction.eventTimeMillis())
                .add("content-type", "application/avro")
                .add("millrace.ingested_at", prediction.ingestedAtMillis())
                .add("millrace.scored_at", prediction.scoredAtMillis())
                .toArray();
    }
}

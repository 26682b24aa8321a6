/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.text.RecordText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Values of contract {@code io.millrace.Prediction} to predictions, for those who check what a job has written. The two
 * processing times, which travel as headers, are zero.
 */
public final class PredictionDecoder {

    private final boolean singleObject;

    public PredictionDecoder(WireFormat format) {
        this.singleObject = format == WireFormat.SINGLE_OBJECT;
    }

    /** The prediction; null when the value is none. */
    public @Nullable Prediction decode(byte @Nullable [] value) {
        GenericRecord record = value == null ? null : RecordText.read(value, Contracts.prediction(), singleObject);
        return record == null ? null : prediction(record);
    }

    private static Prediction prediction(GenericRecord record) {
        GenericRecord model = (GenericRecord) record.get("model");
        GenericRecord source = (GenericRecord) record.get("source");
        Map<?, ?> carried = (Map<?, ?>) record.get("carried");
        List<String> names = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        carried.forEach((name, each) -> {
            names.add(name.toString());
            values.add(each instanceof CharSequence ? each.toString() : each);
        });
        return new Prediction(
                text(record, "prediction_id"),
                text(record, "event_id"),
                bytes(record.get("key")),
                (long) record.get("event_time"),
                text(record, "pipeline"),
                new ModelVersion(text(model, "name"), text(model, "version"), text(model, "digest")),
                text(record, "arm"),
                text(record, "feature_digest"),
                new SourcePosition(text(source, "topic"), (int) source.get("partition"), (long) source.get("offset")),
                record.get("score") == null ? Float.NaN : (float) record.get("score"),
                floats((List<?>) record.get("outputs")),
                record.get("label") == null ? null : text(record, "label"),
                (Boolean) record.get("decision"),
                top((List<?>) record.get("top")),
                floats(bytes(record.get("features"))),
                names.toArray(new String[0]),
                values.toArray(),
                0,
                0,
                explanation((GenericRecord) record.get("explanation")));
    }

    private static @Nullable Explanation explanation(@Nullable GenericRecord record) {
        if (record == null) {
            return null;
        }
        List<?> reasons = (List<?>) record.get("reasons");
        String[] features = new String[reasons.size()];
        double[] values = new double[features.length];
        double[] contributions = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            GenericRecord reason = (GenericRecord) reasons.get(i);
            features[i] = text(reason, "feature");
            values[i] = number(reason.get("value"));
            contributions[i] = (double) reason.get("contribution");
        }
        return new Explanation(
                text(record, "method"),
                text(record, "baseline"),
                features,
                values,
                contributions,
                number(record.get("completeness_error")),
                record.get("skipped") == null ? null : text(record, "skipped"));
    }

    private static double number(@Nullable Object value) {
        return value == null ? Double.NaN : (double) value;
    }

    private static Ranking top(List<?> ranked) {
        String[] items = new String[ranked.size()];
        float[] scores = new float[ranked.size()];
        for (int i = 0; i < items.length; i++) {
            GenericRecord item = (GenericRecord) ranked.get(i);
            items[i] = text(item, "item");
            scores[i] = (float) item.get("score");
        }
        return new Ranking(items, scores);
    }

    private static String text(GenericRecord record, String field) {
        return record.get(field).toString();
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static float @Nullable [] floats(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    private static float[] floats(List<?> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.get(i);
        }
        return floats;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.SourcePosition;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** A prediction between two operators that could not be chained. */
final class PredictionBytes {

    private static final byte NULL = 0;
    private static final byte NUMBER = 1;
    private static final byte BOOLEAN = 2;
    private static final byte TEXT = 3;

    private PredictionBytes() {}

    static void write(Prediction prediction, DataOutputView out) throws IOException {
        Wire.writeText(prediction.predictionId(), out);
        Wire.writeText(prediction.eventId(), out);
        Wire.writeBytes(prediction.key(), out);
        out.writeLong(prediction.eventTimeMillis());
        Wire.writeText(prediction.pipeline(), out);
        writeModel(prediction.model(), out);
        Wire.writeText(prediction.arm(), out);
        Wire.writeText(prediction.featureDigest(), out);
        Wire.writePosition(prediction.source(), out);
        out.writeFloat(prediction.score());
        Wire.writeFloats(prediction.outputs(), out);
        Wire.writeText(prediction.label(), out);
        writeValue(prediction.decision(), out);
        Wire.writeTexts(prediction.top().items(), out);
        Wire.writeFloats(prediction.top().scores(), out);
        Wire.writeFloats(prediction.features(), out);
        Wire.writeTexts(prediction.carriedNames(), out);
        for (Object value : prediction.carried()) {
            writeValue(value, out);
        }
        out.writeLong(prediction.ingestedAtMillis());
        out.writeLong(prediction.scoredAtMillis());
        writeExplanation(prediction.explanation(), out);
    }

    private static void writeExplanation(@Nullable Explanation explanation, DataOutputView out) throws IOException {
        out.writeBoolean(explanation != null);
        if (explanation == null) {
            return;
        }
        Wire.writeText(explanation.method(), out);
        Wire.writeText(explanation.baseline(), out);
        Wire.writeTexts(explanation.features(), out);
        for (int i = 0; i < explanation.features().length; i++) {
            out.writeDouble(explanation.values()[i]);
            out.writeDouble(explanation.contributions()[i]);
        }
        out.writeDouble(explanation.completenessError());
        Wire.writeText(explanation.skipped(), out);
    }

    private static @Nullable Explanation readExplanation(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        String method = Wire.readText(in);
        String baseline = Wire.readText(in);
        String[] features = Wire.readNames(in);
        double[] values = new double[features.length];
        double[] contributions = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            values[i] = in.readDouble();
            contributions[i] = in.readDouble();
        }
        return new Explanation(
                method, baseline, features, values, contributions, in.readDouble(), Wire.readNullableText(in));
    }

    static Prediction read(DataInputView in) throws IOException {
        String predictionId = Wire.readText(in);
        String eventId = Wire.readText(in);
        byte[] key = Wire.readBytes(in);
        long eventTimeMillis = in.readLong();
        String pipeline = Wire.readText(in);
        ModelVersion model = readModel(in);
        String arm = Wire.readText(in);
        String featureDigest = Wire.readText(in);
        SourcePosition source = Wire.readPosition(in);
        float score = in.readFloat();
        float[] outputs = Wire.readFloats(in);
        String label = Wire.readNullableText(in);
        Boolean decision = (Boolean) readValue(in);
        Ranking top = new Ranking(Wire.readNames(in), Wire.readFloats(in));
        float[] features = Wire.readNullableFloats(in);
        String[] names = Wire.readNames(in);
        @Nullable Object[] carried = new @Nullable Object[names.length];
        for (int i = 0; i < carried.length; i++) {
            carried[i] = readValue(in);
        }
        return new Prediction(
                predictionId,
                eventId,
                key,
                eventTimeMillis,
                pipeline,
                model,
                arm,
                featureDigest,
                source,
                score,
                outputs,
                label,
                decision,
                top,
                features,
                names,
                carried,
                in.readLong(),
                in.readLong(),
                readExplanation(in));
    }

    private static void writeModel(ModelVersion model, DataOutputView out) throws IOException {
        Wire.writeText(model.name(), out);
        Wire.writeText(model.version(), out);
        Wire.writeText(model.digest(), out);
    }

    private static ModelVersion readModel(DataInputView in) throws IOException {
        return new ModelVersion(Wire.readText(in), Wire.readText(in), Wire.readText(in));
    }

    private static void writeValue(@Nullable Object value, DataOutputView out) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Double number) {
            out.writeByte(NUMBER);
            out.writeDouble(number);
        } else if (value instanceof Boolean truth) {
            out.writeByte(BOOLEAN);
            out.writeBoolean(truth);
        } else {
            out.writeByte(TEXT);
            Wire.writeText((String) value, out);
        }
    }

    private static @Nullable Object readValue(DataInputView in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case NULL -> null;
            case NUMBER -> (Object) in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case TEXT -> Wire.readText(in);
            default -> throw new IOException("prediction: unknown tag " + tag);
        };
    }
}

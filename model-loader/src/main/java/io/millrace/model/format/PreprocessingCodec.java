/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;

/** {@code normalizer.json}: the training means, and one of three normalizers. */
final class PreprocessingCodec {

    private static final String FILE = "normalizer.json";

    private PreprocessingCodec() {}

    static Preprocessing read(byte[] text, int inputs) {
        JsonObject file = JsonText.object(FILE, text);
        double[] means = file.numbersOrMissing("means");
        checkLength(file, "means", means, inputs);
        Normalizer normalizer = normalizer(file, inputs);
        file.rejectUnknownKeys();
        return new Preprocessing(means, normalizer);
    }

    static byte[] write(Preprocessing preprocessing) {
        ObjectNode file = JsonText.newObject();
        Normalizer normalizer = preprocessing.normalizer();
        if (normalizer instanceof Normalizer.Standardize standardize) {
            file.put("kind", "standardize");
            Numbers.put(file, "mean", standardize.mean());
            Numbers.put(file, "deviation", standardize.deviation());
        } else if (normalizer instanceof Normalizer.MinMax minMax) {
            file.put("kind", "minmax");
            Numbers.put(file, "min", minMax.min());
            Numbers.put(file, "max", minMax.max());
        } else {
            file.put("kind", "none");
        }
        Numbers.put(file, "means", preprocessing.means());
        return JsonText.bytes(file);
    }

    private static Normalizer normalizer(JsonObject file, int inputs) {
        String kind = file.text("kind");
        try {
            return switch (kind) {
                case "none" -> new Normalizer.None();
                case "standardize" ->
                    new Normalizer.Standardize(statistic(file, "mean", inputs), statistic(file, "deviation", inputs));
                case "minmax" -> new Normalizer.MinMax(statistic(file, "min", inputs), statistic(file, "max", inputs));
                default ->
                    throw file.refuse(
                            "kind",
                            "must be none, standardize or minmax, found \"" + kind + "\". Write the bundle again");
            };
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Code.CONTENT, FILE + ": " + e.getMessage() + ". Write the bundle again.", e);
        }
    }

    private static double[] statistic(JsonObject file, String key, int inputs) {
        double[] values = file.numbers(key);
        checkLength(file, key, values, inputs);
        return values;
    }

    private static void checkLength(JsonObject file, String key, double[] values, int inputs) {
        if (values.length != inputs) {
            throw file.refuse(
                    ModelException.Code.CONTENT,
                    key,
                    "has " + values.length + " values, the bundle has " + inputs + " inputs. Write the bundle again");
        }
    }
}

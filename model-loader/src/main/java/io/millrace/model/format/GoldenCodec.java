/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import java.util.Arrays;
import java.util.List;

/** {@code golden.json}. */
final class GoldenCodec {

    private static final String FILE = "golden.json";

    private GoldenCodec() {}

    static GoldenCases read(byte[] text, int inputs, int outputs) {
        JsonObject file = JsonText.object(FILE, text);
        List<double[]> in = rows(file, "inputs", inputs);
        List<double[]> out = rows(file, "outputs", outputs);
        refuseMissingOutput(file, out);
        GoldenCases.Origin origin = origin(file);
        file.rejectUnknownKeys();
        try {
            return new GoldenCases(origin, in, out);
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Code.CONTENT, FILE + ": " + e.getMessage() + ". Write the bundle again.", e);
        }
    }

    static byte[] write(GoldenCases cases) {
        ObjectNode file = JsonText.newObject();
        file.put("origin", cases.origin().word());
        put(file.putArray("inputs"), cases.inputs());
        put(file.putArray("outputs"), cases.outputs());
        return JsonText.bytes(file);
    }

    private static void put(ArrayNode array, List<double[]> rows) {
        rows.forEach(row -> Numbers.add(array.addArray(), row));
    }

    private static List<double[]> rows(JsonObject file, String key, int width) {
        List<double[]> rows = file.rows(key);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != width) {
                throw file.refuse(
                        ModelException.Code.CONTENT,
                        key + "." + i,
                        "has " + rows.get(i).length + " values, the bundle has " + width + " " + key
                                + ". Write the bundle again");
            }
        }
        return rows;
    }

    private static void refuseMissingOutput(JsonObject file, List<double[]> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            if (!Arrays.stream(outputs.get(i)).allMatch(Double::isFinite)) {
                throw file.refuse(
                        ModelException.Code.CONTENT,
                        "outputs." + i,
                        "holds a null: every output of a golden case is known. Write the bundle again");
            }
        }
    }

    private static GoldenCases.Origin origin(JsonObject file) {
        String word = file.text("origin");
        for (GoldenCases.Origin origin : GoldenCases.Origin.values()) {
            if (origin.word().equals(word)) {
                return origin;
            }
        }
        throw file.refuse(
                "origin", "must be framework, trainer or self, found \"" + word + "\". Write the bundle again");
    }
}

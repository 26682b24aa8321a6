/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.bundle.Calibration;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;

/** {@code calibration.json}: one of three methods. */
final class CalibrationCodec {

    private static final String FILE = "calibration.json";

    private CalibrationCodec() {}

    static Calibration read(byte[] text) {
        JsonObject file = JsonText.object(FILE, text);
        Calibration calibration = calibration(file);
        file.rejectUnknownKeys();
        return calibration;
    }

    static byte[] write(Calibration calibration) {
        ObjectNode file = JsonText.newObject();
        if (calibration instanceof Calibration.Platt platt) {
            file.put("method", "platt");
            file.put("slope", platt.slope());
            file.put("intercept", platt.intercept());
        } else if (calibration instanceof Calibration.Isotonic isotonic) {
            file.put("method", "isotonic");
            Numbers.put(file, "answers", isotonic.answers());
            Numbers.put(file, "probabilities", isotonic.probabilities());
        } else {
            file.put("method", "identity");
        }
        return JsonText.bytes(file);
    }

    private static Calibration calibration(JsonObject file) {
        String method = file.text("method");
        try {
            return switch (method) {
                case "identity" -> Calibration.IDENTITY;
                case "platt" -> new Calibration.Platt(file.number("slope"), file.number("intercept"));
                case "isotonic" -> new Calibration.Isotonic(file.numbers("answers"), file.numbers("probabilities"));
                default ->
                    throw file.refuse(
                            "method",
                            "must be identity, platt or isotonic, found \"" + method + "\". Write the bundle again");
            };
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Code.CONTENT, FILE + ": " + e.getMessage() + ". Write the bundle again.", e);
        }
    }
}

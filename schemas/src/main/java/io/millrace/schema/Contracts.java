/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/** The Avro contracts of the output topics. */
public final class Contracts {

    private static final Schema PREDICTION = load("prediction.avsc");
    private static final Schema MONITORING_SIGNAL = load("monitoring_signal.avsc");

    private static final Schema ALERT = load("alert.avsc");

    private static final Schema MODEL_COMMAND = load("model_command.avsc");
    private static final Schema MODEL_EVENT = load("model_event.avsc");

    private Contracts() {}

    public static Schema prediction() {
        return PREDICTION;
    }

    public static Schema monitoringSignal() {
        return MONITORING_SIGNAL;
    }

    public static Schema alert() {
        return ALERT;
    }

    public static Schema modelCommand() {
        return MODEL_COMMAND;
    }

    public static Schema modelEvent() {
        return MODEL_EVENT;
    }

    public static List<Schema> all() {
        return List.of(PREDICTION, MONITORING_SIGNAL, ALERT, MODEL_COMMAND, MODEL_EVENT);
    }

    /** The contract whose 64-bit Rabin fingerprint this is, or null. */
    public static @Nullable Schema byFingerprint(long fingerprint) {
        for (Schema contract : all()) {
            if (SchemaNormalization.parsingFingerprint64(contract) == fingerprint) {
                return contract;
            }
        }
        return null;
    }

    private static Schema load(String name) {
        try (InputStream file = Contracts.class.getResourceAsStream("/io/millrace/" + name)) {
            if (file == null) {
                throw new IllegalStateException("contract " + name + " is not on the class path");
            }
            return new Schema.Parser().parse(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

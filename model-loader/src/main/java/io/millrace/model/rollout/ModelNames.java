/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import io.millrace.pipeline.control.ModelCommand;
import org.jspecify.annotations.Nullable;

/**
 * Which models a pipeline may score with: its own, and where a field chooses, one for each value of the field.
 *
 * @param own the name of the pipeline's own model
 * @param several whether a field chooses among others, each named {@code <own>.<value>}
 */
public record ModelNames(String own, boolean several) {

    /** A pipeline with one model. */
    public static ModelNames one(String own) {
        return new ModelNames(own, false);
    }

    /** The name of a value's model. */
    public String of(String value) {
        return value.equals(Ledger.OWN) ? own : own + '.' + value;
    }

    /** The name of the model that a command is about. */
    String of(ModelCommand command) {
        return command.model() == null ? own : command.model();
    }

    /** The value whose model has this name; {@link Ledger#OWN} for the pipeline's own; null where no model may have it. */
    public @Nullable String value(String name) {
        if (name.equals(own)) {
            return Ledger.OWN;
        }
        boolean ofValue = several && name.length() > own.length() + 1 && name.startsWith(own + '.');
        return ofValue ? name.substring(own.length() + 1) : null;
    }
}

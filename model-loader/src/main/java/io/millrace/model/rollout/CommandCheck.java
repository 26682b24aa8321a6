/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.record.ModelVersion;
import org.jspecify.annotations.Nullable;

/** Which commands make sense for a pipeline's models. */
final class CommandCheck {

    private final ModelNames names;

    CommandCheck(ModelNames names) {
        this.names = names;
    }

    /**
     * Why a command cannot be carried out; null where it can.
     *
     * @param known the regimes of the model that it is about; null where that model does not score yet
     */
    @Nullable
    String impossible(ModelCommand command, @Nullable Timeline known) {
        String name = names.of(command);
        if (names.value(name) == null) {
            return foreign("'" + name + "'");
        }
        if (known == null && command.action() != ModelCommand.Action.PROMOTE) {
            return "model '" + name + "' does not score yet. Promote a version of it first.";
        }
        return switch (command.action()) {
            case PROMOTE, SHADOW, CANARY -> misnamed(command.version(), name);
            case STOP -> null;
            case ROLLBACK -> irrevocable(known);
        };
    }

    private @Nullable String misnamed(@Nullable ModelVersion version, String name) {
        if (version == null) {
            return foreign("no version");
        }
        return version.name().equals(name) ? null : foreign("'" + version.name() + "' in the place of '" + name + "'");
    }

    private static @Nullable String irrevocable(@Nullable Timeline known) {
        return known == null || known.beforeLatestChampion() == null
                ? "there was no other champion to roll back to. Promote the version that you want."
                : null;
    }

    private String foreign(String found) {
        String own = "'" + names.own() + "'";
        String others = names.several() ? ", and '" + names.own() + ".<value>' for values that have a model" : "";
        return "the pipeline scores model " + own + others + ", the command is about " + found + ". Name a version of "
                + own + (names.several() ? " or of a value's model." : ".");
    }
}

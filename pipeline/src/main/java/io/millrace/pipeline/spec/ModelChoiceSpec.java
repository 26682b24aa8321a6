/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Several models, chosen by a field: the value {@code DE} is scored by {@code <name>.DE} where the store has it, all else by
 * {@code <name>}.
 *
 * @param field of the scored stream
 * @param maxLoaded the most versions that a subtask keeps loaded; the longest unused goes first
 * @param maxMegabytes the most that their weights may take in a subtask, in MiB, beside the two that were used last; null: no
 *     limit
 */
public record ModelChoiceSpec(
        String field, int maxLoaded, @Nullable Integer maxMegabytes) implements Serializable {

    public static final int DEFAULT_MAX_LOADED = 8;
}

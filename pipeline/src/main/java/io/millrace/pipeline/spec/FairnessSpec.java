/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;

/**
 * Whose decisions are compared.
 *
 * @param by fields of the scored stream, each a segment
 * @param minRows a value with fewer rows is left out
 */
public record FairnessSpec(List<String> by, int minRows) implements Serializable {

    public static final int DEFAULT_MIN_ROWS = 100;

    public FairnessSpec {
        by = List.copyOf(by);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import org.jspecify.annotations.Nullable;

/** Reads one part of a datum into the slots of an event, or past it. Fixed for a schema; holds no data. */
interface SlotReader {

    /**
     * @param depth how deep in nested data; a recursive schema cannot drive it past {@link #DEEPEST}
     */
    void read(AvroCursor in, double[] numbers, @Nullable String[] texts, int depth) throws Malformed;

    int DEEPEST = 64;
}

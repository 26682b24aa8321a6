/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.part;

import java.io.DataOutput;
import java.io.IOException;

/**
 * What one monitor counted of one window. Merging is commutative and associative: any split of the events over parts, merged
 * in any order, gives the same bytes.
 *
 * @param <P> the part itself
 */
public interface PanePart<P extends PanePart<P>> {

    /**
     * Adds what another part of the same window counted; the other stays as it is.
     *
     * @throws IllegalArgumentException when the other was made by a monitor of another shape
     */
    void merge(P other);

    /** A part of its own with the same counts. */
    P copy();

    /** Bytes that say all that is needed to read them. Equal parts have equal bytes. */
    void write(DataOutput out) throws IOException;
}

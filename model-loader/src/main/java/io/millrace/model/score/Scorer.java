/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

/** Something that scores batches of prepared rows. Not thread-safe; one per subtask. */
public interface Scorer extends AutoCloseable {

    /** Values per row. */
    int inputs();

    /** Outputs per row. */
    int outputs();

    /** The most rows in one call. */
    int maxBatch();

    /** What computes: {@code compiled plan} or {@code DL4J}. */
    String engine();

    /** Whether a row costs less in company; false: each row may as well be scored at once. */
    boolean gainsFromBatches();

    /**
     * Scores rows.
     *
     * @param rows row-major, {@code count × inputs()} finite values from 0
     * @param count from 0 to {@link #maxBatch()}
     * @param outputs row-major, receives {@code count × outputs()} values from 0
     */
    void score(float[] rows, int count, float[] outputs);

    @Override
    void close();
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import io.millrace.monitor.profile.ColumnProfile;
import java.util.List;

/**
 * The columns that are watched, with the bins of their reference.
 *
 * @param columns features, then the score where it is watched
 * @param slots where in a vector each feature's value stands; {@link #SCORE} for the score
 * @param sampled up to how many values of a column are kept for other tools' definitions; 0: none are needed
 */
public record DriftLayout(List<ColumnProfile> columns, int[] slots, int sampled) {

    /** The slot of the score. */
    public static final int SCORE = -1;

    /** Beyond this many values of a column in a window, other tools' definitions have nothing to say. */
    public static final int MOST_SAMPLED = 100_000;

    public DriftLayout {
        columns = List.copyOf(columns);
    }

    int size() {
        return columns.size();
    }

    boolean isScore(int column) {
        return slots[column] == SCORE;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import java.util.Arrays;

/**
 * Finds a group's block among blocks that another version of the pipeline may have written. What the group no longer has
 * is dropped. A column that is new has no value for the entries before it, so its aggregates begin with the upgrade; a
 * group that is new begins empty.
 */
final class BlockBinding {

    private BlockBinding() {}

    static Block bind(Group group, Block[] stored) {
        for (Block block : stored) {
            if (block.id == group.id) {
                return Arrays.equals(block.columnIds, group.columnIds) ? block : arrange(group, block);
            }
        }
        return new Block(group.id, group.columnIds);
    }

    private static Block arrange(Group group, Block stored) {
        int size = stored.size();
        long[] times = new long[Math.max(1, size)];
        for (int i = 0; i < size; i++) {
            times[i] = stored.time(stored.from() + i);
        }
        double[][] columns = new double[group.columnIds.length][];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = column(group.columnIds[column], stored, times.length);
        }
        return new Block(group.id, group.columnIds, times, columns, size);
    }

    private static double[] column(long id, Block stored, int capacity) {
        double[] values = new double[capacity];
        for (int column = 0; column < stored.columnIds.length; column++) {
            if (stored.columnIds[column] == id) {
                System.arraycopy(stored.column(column), stored.from(), values, 0, stored.size());
                return values;
            }
        }
        Arrays.fill(values, Double.NaN);
        return values;
    }
}

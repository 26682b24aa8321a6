/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import java.util.Arrays;

/**
 * The entries of one group under one key: times in ascending order and, for each column, the value that an entry has there
 * (NaN: the entry does not count for that column). Entries of equal time stand in the order of insertion. Not thread-safe.
 */
final class Block {

    private static final int FIRST_CAPACITY = 4;

    final long id;
    final long[] columnIds;
    private long[] times;
    private final double[][] columns;
    private int from;
    private int to;

    Block(long id, long[] columnIds) {
        this(id, columnIds, new long[FIRST_CAPACITY], new double[columnIds.length][FIRST_CAPACITY], 0);
    }

    /** A block over arrays that are given away, filled from index 0 up to {@code size}. */
    Block(long id, long[] columnIds, long[] times, double[][] columns, int size) {
        this.id = id;
        this.columnIds = columnIds;
        this.times = times;
        this.columns = columns;
        this.to = size;
    }

    Block copy() {
        double[][] copies = new double[columns.length][];
        for (int column = 0; column < columns.length; column++) {
            copies[column] = Arrays.copyOfRange(columns[column], from, Math.max(to, from + 1));
        }
        return new Block(id, columnIds, Arrays.copyOfRange(times, from, Math.max(to, from + 1)), copies, size());
    }

    int size() {
        return to - from;
    }

    boolean isEmpty() {
        return to == from;
    }

    /** Index of the first entry. */
    int from() {
        return from;
    }

    /** Index behind the last entry. */
    int to() {
        return to;
    }

    long time(int index) {
        return times[index];
    }

    /** The values of a column; valid from {@link #from()} to {@link #to()} until the next insertion. */
    double[] column(int column) {
        return columns[column];
    }

    /** Index of the first entry with a time greater than {@code timeMillis}; {@link #to()} when there is none. */
    int firstAfter(long timeMillis) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= timeMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Inserts an entry behind all entries of the same or an earlier time; {@code values} has one value per column. */
    void insert(long timeMillis, double[] values) {
        if (to == times.length) {
            makeRoom();
        }
        int at = to;
        if (at > from && times[at - 1] > timeMillis) {
            at = firstAfter(timeMillis);
            System.arraycopy(times, at, times, at + 1, to - at);
            for (double[] column : columns) {
                System.arraycopy(column, at, column, at + 1, to - at);
            }
        }
        times[at] = timeMillis;
        for (int column = 0; column < columns.length; column++) {
            columns[column][at] = values[column];
        }
        to++;
    }

    /** Drops the entries with a time of {@code timeMillis} or before. */
    void dropUntil(long timeMillis) {
        from = firstAfter(timeMillis);
        if (isEmpty()) {
            from = 0;
            to = 0;
        }
        if (times.length > FIRST_CAPACITY && size() < times.length / 4) {
            resize(Math.max(FIRST_CAPACITY, times.length / 2));
        }
    }

    private void makeRoom() {
        resize(size() > times.length / 2 ? times.length * 2 : times.length);
    }

    private void resize(int capacity) {
        times = moved(times, new long[capacity]);
        for (int column = 0; column < columns.length; column++) {
            double[] values = new double[capacity];
            System.arraycopy(columns[column], from, values, 0, size());
            columns[column] = values;
        }
        to -= from;
        from = 0;
    }

    private long[] moved(long[] source, long[] target) {
        System.arraycopy(source, from, target, 0, size());
        return target;
    }
}

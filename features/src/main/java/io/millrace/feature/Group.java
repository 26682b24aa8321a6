/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Frame;
import io.millrace.pipeline.record.Event;

/**
 * The aggregates of a hop that share one block: same key, same stream, same time. Not thread-safe: it holds scratch space.
 */
final class Group {

    private static final int EVENT_TIME = -1;

    final long id;
    final int stream;
    final long[] columnIds;
    final long retentionMillis;
    private final int timeSlot;
    private final Column[] columns;
    private final AggregateProgram[] aggregates;
    private final double[] entry;

    /**
     * @param timeSlot the numeric slot that places an entry, or -1: the event time
     * @param retentionMillis how far behind the greatest time an entry may still matter
     */
    Group(long id, int stream, int timeSlot, Column[] columns, AggregateProgram[] aggregates, long retentionMillis) {
        this.id = id;
        this.stream = stream;
        this.timeSlot = timeSlot;
        this.columns = columns;
        this.aggregates = aggregates;
        this.retentionMillis = retentionMillis;
        this.entry = new double[columns.length];
        this.columnIds = new long[columns.length];
        for (int column = 0; column < columns.length; column++) {
            columnIds[column] = columns[column].id();
        }
    }

    /** Where the event's entry stands in time; NaN: it has none. */
    double time(Event event) {
        return timeSlot == EVENT_TIME ? event.eventTimeMillis() : event.numbers()[timeSlot];
    }

    /** Adds the event's entry to the block; one whose time is missing has none. */
    void add(Event event, Frame frame, KeyState state, Block block) {
        double time = time(event);
        if (Double.isNaN(time)) {
            return;
        }
        for (int column = 0; column < columns.length; column++) {
            entry[column] = columns[column].value(frame);
        }
        block.insert((long) time, entry);
        state.greatestMillis = Math.max(state.greatestMillis, event.eventTimeMillis());
    }

    /** Drops what no window can reach any more. */
    void forget(KeyState state, Block block) {
        if (state.greatestMillis != KeyState.NOTHING_SEEN) {
            block.dropUntil(state.greatestMillis - retentionMillis);
        }
    }

    void compute(long eventTimeMillis, Block block, double[] values) {
        for (AggregateProgram aggregate : aggregates) {
            values[aggregate.slot()] = aggregate.value(eventTimeMillis, block);
        }
    }

    /** What the aggregates are under a key that is null: missing. */
    void computeWithoutKey(double[] values) {
        for (AggregateProgram aggregate : aggregates) {
            values[aggregate.slot()] = aggregate.whenMissing();
        }
    }

    boolean allowsNullKey() {
        for (AggregateProgram aggregate : aggregates) {
            if (!aggregate.allowsNullKey()) {
                return false;
            }
        }
        return true;
    }
}

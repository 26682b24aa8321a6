/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.type.KeyedVectorSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * What a subtask of the scorer remembers over a restart: events that wait for a decision, the greatest event time that was
 * scored, and how much of the control log it has reported. Every subtask sees what all had, and takes what is its own.
 */
final class HeldEvents {

    private final ListState<KeyedVector> heldState;
    private final ListState<Long> greatestState;
    private final ListState<Long> reportedState;
    private final List<KeyedVector> held = new ArrayList<>();

    HeldEvents(OperatorStateStore store) throws Exception {
        heldState =
                store.getUnionListState(new ListStateDescriptor<>("held-for-fence", KeyedVectorSerializer.INSTANCE));
        greatestState = store.getUnionListState(new ListStateDescriptor<>("greatest-scored", LongSerializer.INSTANCE));
        reportedState = store.getUnionListState(new ListStateDescriptor<>("control-reported", LongSerializer.INSTANCE));
    }

    /** Takes the held events back whose keys are this subtask's now. */
    void restore(int subtask, int parallelism, int maxParallelism) throws Exception {
        for (KeyedVector event : heldState.get()) {
            int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator(event.key(), maxParallelism, parallelism);
            if (owner == subtask) {
                held.add(event);
            }
        }
    }

    /** The greatest event time that any subtask had scored. */
    long greatestMillis() throws Exception {
        return greatest(greatestState);
    }

    /** The last position of the control log whose events were reported; {@link Long#MIN_VALUE} at a fresh start. */
    long reported() throws Exception {
        return greatest(reportedState);
    }

    void snapshot(long greatestMillis, long reported) throws Exception {
        heldState.update(held);
        greatestState.update(List.of(greatestMillis));
        reportedState.update(List.of(reported));
    }

    void add(KeyedVector event) {
        held.add(event);
    }

    int size() {
        return held.size();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Lets everything go, in the order in which it came. What must wait again may be added meanwhile. */
    void release(Consumer<KeyedVector> taker) {
        List<KeyedVector> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(taker);
    }

    private static long greatest(ListState<Long> state) throws Exception {
        long greatest = Long.MIN_VALUE;
        for (long value : state.get()) {
            greatest = Math.max(greatest, value);
        }
        return greatest;
    }
}

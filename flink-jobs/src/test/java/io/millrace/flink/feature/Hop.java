/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.feature.KeyState;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.type.KeyedVectorSerializer;
import io.millrace.pipeline.record.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** One keyed hop at a parallelism: routed, keyed and partitioned as in a job, on one thread. */
final class Hop implements AutoCloseable {

    private static final int MAX_PARALLELISM = 16;

    private final InferencePlan plan;
    private final RouteFunction route;
    private final List<KeyedOneInputStreamOperatorTestHarness<String, KeyedVector, KeyedVector>> subtasks =
            new ArrayList<>();

    Hop(InferencePlan plan, int hop) throws Exception {
        this(plan, hop, 1, new HashMapStateBackend(), null);
    }

    /**
     * @param state what {@link #snapshot} gave, at any parallelism; null: from the beginning
     */
    Hop(InferencePlan plan, int hop, int parallelism, StateBackend backend, @Nullable Snapshot state) throws Exception {
        this.plan = plan;
        this.route = new RouteFunction(plan, hop);
        route.open(null);
        for (int subtask = 0; subtask < parallelism; subtask++) {
            var harness = new KeyedOneInputStreamOperatorTestHarness<String, KeyedVector, KeyedVector>(
                    new KeyedProcessOperator<>(new FeatureFunction(plan, hop)),
                    KeyedVector::key,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    subtask);
            harness.setStateBackend(backend);
            harness.setup(KeyedVectorSerializer.INSTANCE);
            if (state != null) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state.all, MAX_PARALLELISM, state.parallelism, parallelism, subtask));
            }
            harness.open();
            subtasks.add(harness);
        }
    }

    /** Routes the vector to the subtask that owns its key. */
    void send(KeyedVector vector) throws Exception {
        KeyedVector routed = route.map(vector);
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(routed.key(), MAX_PARALLELISM, subtasks.size());
        subtasks.get(subtask).processElement(routed, routed.vector().event().eventTimeMillis());
    }

    void send(int stream, RawRecord record) throws Exception {
        send(Vectors.admitted(plan, stream, record));
    }

    void watermark(long time) throws Exception {
        for (var subtask : subtasks) {
            subtask.processWatermark(time);
        }
    }

    /** What came out so far, subtask by subtask. */
    List<KeyedVector> output() {
        return subtasks.stream()
                .flatMap(subtask -> subtask.extractOutputValues().stream())
                .toList();
    }

    /** Event ids of what came out so far. */
    List<String> ids() {
        return output().stream().map(keyed -> keyed.vector().event().id()).toList();
    }

    /** Values of one feature, in the order of the output. */
    List<Double> values(String feature) {
        int slot = Vectors.slot(plan, feature);
        return output().stream().map(keyed -> keyed.vector().values()[slot]).toList();
    }

    int stateEntries() {
        return subtasks.stream()
                .mapToInt(KeyedOneInputStreamOperatorTestHarness::numKeyedStateEntries)
                .sum();
    }

    int timers() {
        return subtasks.stream()
                .mapToInt(AbstractStreamOperatorTestHarness::numEventTimeTimers)
                .sum();
    }

    /** How many entries the only subtask's state holds for a key. */
    int entriesOf(String key) throws Exception {
        var operator = subtasks.get(0).getOperator();
        operator.setCurrentKey(key);
        ValueState<KeyState> state = operator.getKeyedStateBackend()
                .getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new ValueStateDescriptor<>("features", KeyStateSerializer.TYPE));
        KeyState value = state.value();
        return value == null ? 0 : value.entries();
    }

    Snapshot snapshot(long checkpoint) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var subtask : subtasks) {
            states.add(subtask.snapshot(checkpoint, checkpoint));
        }
        return new Snapshot(
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(new OperatorSubtaskState[0])),
                subtasks.size());
    }

    @Override
    public void close() throws Exception {
        for (var subtask : subtasks) {
            subtask.close();
        }
    }

    /** The state of all subtasks. */
    record Snapshot(OperatorSubtaskState all, int parallelism) {}

    /** What came out, as text that is equal only where every bit of every value is. */
    static List<String> exact(List<KeyedVector> output) {
        return output.stream()
                .map(keyed -> keyed.vector().event().id()
                        + ' '
                        + keyed.scored()
                        + ' '
                        + keyed.vector().behindWatermark()
                        + ' '
                        + Arrays.toString(Arrays.stream(keyed.vector().values())
                                .mapToObj(value -> Long.toHexString(Double.doubleToRawLongBits(value)))
                                .toArray()))
                .toList();
    }
}

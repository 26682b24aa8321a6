/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import static io.millrace.flink.fixture.PaymentPipeline.ARRIVAL;
import static io.millrace.flink.fixture.PaymentPipeline.BY_CUSTOMER;
import static io.millrace.flink.fixture.PaymentPipeline.BY_SHOP;
import static io.millrace.flink.fixture.PaymentPipeline.EVENT_TIME;
import static io.millrace.flink.fixture.PaymentRecords.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.plan.InferencePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are a function of the events: not of restores, of parallelism, of the backend, nor of how they mingle. */
class RestoreTest {

    private static final int STEPS = 6;
    private static final int EVENTS_A_STEP = 60;
    private static final int SECONDS_A_STEP = 75;
    private static final int DISORDER = 50;

    @ParameterizedTest
    @CsvSource({
        EVENT_TIME + ", " + BY_CUSTOMER + ", hashmap, 5",
        EVENT_TIME + ", " + BY_SHOP + ", hashmap, 5",
        EVENT_TIME + ", " + BY_SHOP + ", rocksdb, 1",
        ARRIVAL + ", " + BY_SHOP + ", hashmap, 5",
        ARRIVAL + ", " + BY_SHOP + ", rocksdb, 1"
    })
    void restoresAtOtherParallelismsChangeNoAnswer(String order, int by, String backend, int seeds) throws Exception {
        InferencePlan plan = PaymentPipeline.plan(order);
        for (long seed = 1; seed <= seeds; seed++) {
            List<List<KeyedVector>> steps = steps(plan, by, seed);
            List<String> uninterrupted = sorted(uninterrupted(plan, by, steps));
            List<String> interrupted = sorted(interrupted(plan, by, steps, new int[] {2, 3, 1}, backend(backend)));
            assertThat(uninterrupted).hasSizeGreaterThan(STEPS * EVENTS_A_STEP / 2);
            assertThat(interrupted).as("seed %d", seed).isEqualTo(uninterrupted);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BY_CUSTOMER, BY_SHOP})
    void underEventTimeAnyInterleavingGivesTheSameAnswers(int by) throws Exception {
        InferencePlan plan = PaymentPipeline.plan(EVENT_TIME);
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            List<List<KeyedVector>> steps = steps(plan, by, seed);
            List<String> one = sorted(uninterrupted(plan, by, steps));
            steps.forEach(step -> Collections.shuffle(step, random));
            assertThat(sorted(uninterrupted(plan, by, steps)))
                    .as("seed %d", seed)
                    .isEqualTo(one);
        }
    }

    /** Events of the streams that enter the hop, step by step: none is behind the watermark that ends the step before. */
    private static List<List<KeyedVector>> steps(InferencePlan plan, int by, long seed) {
        Random random = new Random(seed);
        int[] streams = plan.compileFeatures().hops().get(by).streams();
        List<List<KeyedVector>> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            List<KeyedVector> events =
                    Vectors.random(plan, random, EVENTS_A_STEP, step * SECONDS_A_STEP, SECONDS_A_STEP + DISORDER);
            events.removeIf(
                    keyed -> Arrays.stream(streams).noneMatch(stream -> stream == keyed.vector().event().stream()));
            steps.add(events);
        }
        return steps;
    }

    private static List<KeyedVector> uninterrupted(InferencePlan plan, int by, List<List<KeyedVector>> steps)
            throws Exception {
        try (Hop hop = new Hop(plan, by)) {
            for (int step = 0; step < STEPS; step++) {
                send(hop, steps.get(step), step);
            }
            hop.watermark(Long.MAX_VALUE);
            return hop.output();
        }
    }

    /** The same, each step in a job restored from the step before, at the next parallelism. */
    private static List<KeyedVector> interrupted(
            InferencePlan plan, int by, List<List<KeyedVector>> steps, int[] parallelisms, StateBackend backend)
            throws Exception {
        List<KeyedVector> output = new ArrayList<>();
        Hop.Snapshot snapshot = null;
        for (int step = 0; step < STEPS; step++) {
            try (Hop hop = new Hop(plan, by, parallelisms[step % parallelisms.length], backend, snapshot)) {
                send(hop, steps.get(step), step);
                snapshot = hop.snapshot(step);
                if (step == STEPS - 1) {
                    hop.watermark(Long.MAX_VALUE);
                }
                output.addAll(hop.output());
            }
        }
        return output;
    }

    private static void send(Hop hop, List<KeyedVector> events, int step) throws Exception {
        for (KeyedVector event : events) {
            hop.send(event);
        }
        hop.watermark(at((step + 1) * SECONDS_A_STEP) - 1);
    }

    private static List<String> sorted(List<KeyedVector> output) {
        return Hop.exact(output).stream().sorted().toList();
    }

    private static StateBackend backend(String name) {
        return name.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    }
}

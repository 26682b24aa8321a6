/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import static io.millrace.flink.fixture.PaymentPipeline.PAYMENTS;
import static io.millrace.flink.fixture.PaymentPipeline.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of events that share a time. */
class EventOrderTest {

    private static final InferencePlan PLAN = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);

    @Test
    void otherStreamsThenPartitionsThenOffsetsAndOneOrderOnly() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            List<KeyedVector> events = Vectors.random(PLAN, random, 100, 0, 1);
            List<KeyedVector> other = new ArrayList<>(events);
            Collections.shuffle(other, random);
            events.sort(new EventOrder(PAYMENTS));
            other.sort(new EventOrder(PAYMENTS));
            assertThat(other).as("seed %d", seed).isEqualTo(events);
            assertThat(events).as("seed %d", seed).isSortedAccordingTo(EventOrderTest::expected);
        }
    }

    @Test
    void theScoredStreamIsLastWhereverItStandsInTheFile() {
        List<KeyedVector> events = Vectors.random(PLAN, new Random(1), 100, 0, 1);
        events.sort(new EventOrder(REPORTS));
        assertThat(events).first().returns(PAYMENTS, keyed -> keyed.vector().event().stream());
        assertThat(events).last().returns(REPORTS, keyed -> keyed.vector().event().stream());
    }

    private static int expected(KeyedVector left, KeyedVector right) {
        int reportsFirst = Boolean.compare(left.scored(), right.scored());
        SourcePosition one = left.vector().event().raw().position();
        SourcePosition two = right.vector().event().raw().position();
        int partitions = Integer.compare(one.partition(), two.partition());
        return reportsFirst != 0
                ? reportsFirst
                : partitions != 0 ? partitions : Long.compare(one.offset(), two.offset());
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

import static io.millrace.feature.replay.TwoStreams.PAYMENTS;
import static io.millrace.feature.replay.TwoStreams.REPORTS;
import static io.millrace.feature.replay.TwoStreams.START;
import static io.millrace.feature.replay.TwoStreams.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.spec.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureReplayTest {

    private static final long HOUR = 3_600_000L;

    /** Two streams, two keys: what a customer spent in an hour, and how many reports his terminal had. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void vectorsAreThoseOfAllEventsSoFar(long seed) {
        Random random = new Random(seed);
        FeatureReplay replay = new FeatureReplay(new TwoStreams(Order.ARRIVAL, 0).program(), PAYMENTS);
        List<Event> seen = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Event event = event(
                    random.nextInt(4) == 0 ? REPORTS : PAYMENTS,
                    START + i * 60_000L,
                    random.nextInt(500),
                    "t" + random.nextInt(5),
                    random.nextInt(20) == 0 ? null : "c" + random.nextInt(9));
            seen.add(event);

            double[] vector = replay.process(event);

            assertThat(vector).as("seed %d, event %d", seed, i).containsExactly(expected(seen, event));
        }
    }

    @Test
    void eventOfAnotherStreamHasNoVector() {
        assertThat(new FeatureReplay(new TwoStreams(Order.ARRIVAL, 0).program(), PAYMENTS)
                        .process(event(REPORTS, START, 5, "t", null)))
                .containsExactly(Double.NaN, Double.NaN, Double.NaN);
    }

    private static double[] expected(List<Event> seen, Event now) {
        if (now.stream() == REPORTS) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        double spent = 0;
        double reports = 0;
        for (Event event : seen) {
            boolean recent = event.eventTimeMillis() > now.eventTimeMillis() - HOUR;
            if (recent && event.stream() == PAYMENTS && Objects.equals(event.texts()[1], now.texts()[1])) {
                spent += event.numbers()[0];
            }
            if (recent && event.stream() == REPORTS && Objects.equals(event.texts()[0], now.texts()[0])) {
                reports++;
            }
        }
        boolean noCustomer = now.texts()[1] == null;
        return new double[] {now.numbers()[0] * 2, noCustomer ? Double.NaN : spent, reports};
    }
}

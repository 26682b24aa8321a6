/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.fixture.ScoredPayments;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DepartureLinesTest {

    private static final InferencePlan PLAN = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void ofOneKeyNothingIsOvertakenAndNothingWaitsForAnotherKey(long seed) {
        Random random = new Random(seed);
        List<Scored> left = new ArrayList<>();
        Map<Scored, DepartureLines.Place> waiting = new HashMap<>();
        DepartureLines lines = new DepartureLines(left::add);
        Map<String, List<Scored>> came = new HashMap<>();
        int ready = 0;
        for (int i = 0; i < 2_000; i++) {
            Scored scored = ScoredPayments.of(
                    PLAN,
                    PaymentRecords.event(
                            PLAN, PaymentPipeline.PAYMENTS, PaymentRecords.payment(0, i, i, "c", "s", 5.0)),
                    PLAN.unknownValues(),
                    0.5f,
                    0);
            String key = "k" + random.nextInt(6);
            came.computeIfAbsent(key, absent -> new ArrayList<>()).add(scored);
            boolean blocked = came.get(key).stream().anyMatch(waiting::containsKey);
            if (random.nextInt(3) == 0) {
                waiting.put(scored, lines.keep(key));
            } else {
                int before = left.size();
                lines.leave(key, scored);
                assertThat(left.size() > before).as("seed %d, %d", seed, i).isNotEqualTo(blocked);
            }
            if (random.nextInt(3) == 0 && !waiting.isEmpty()) {
                Scored any = List.copyOf(waiting.keySet()).get(random.nextInt(waiting.size()));
                lines.leave(waiting.remove(any), any);
            }
        }
        waiting.forEach((scored, place) -> lines.leave(place, scored));
        assertThat(left).hasSize(2_000);
        came.forEach(
                (key, all) -> assertThat(left.stream().filter(all::contains).toList())
                        .as("seed %d, %s", seed, key)
                        .isEqualTo(all));
    }
}

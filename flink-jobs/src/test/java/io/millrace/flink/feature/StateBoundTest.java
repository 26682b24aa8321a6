/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import static io.millrace.flink.fixture.PaymentPipeline.ARRIVAL;
import static io.millrace.flink.fixture.PaymentPipeline.BY_CUSTOMER;
import static io.millrace.flink.fixture.PaymentPipeline.EVENT_TIME;
import static io.millrace.flink.fixture.PaymentPipeline.PAYMENTS;
import static io.millrace.flink.fixture.PaymentRecords.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State is what windows can reach, and no more. */
class StateBoundTest {

    /** The longest window by customer, its delay included: 10 minutes and 5 seconds. */
    private static final double RETENTION = 605;

    @ParameterizedTest
    @ValueSource(strings = {ARRIVAL, EVENT_TIME})
    void aKeyUnseenForLongerThanItsWindowsIsDroppedWithItsTimers(String order) throws Exception {
        try (Hop hop = new Hop(PaymentPipeline.plan(order), BY_CUSTOMER)) {
            for (int key = 0; key < 50; key++) {
                hop.send(PAYMENTS, PaymentRecords.payment(0, key, key % 5, "c" + key, "s", 1.0));
            }
            hop.watermark(at(4));
            assertThat(hop.stateEntries()).isGreaterThanOrEqualTo(50);
            hop.watermark(at(4 + 2 * RETENTION));
            assertThat(hop.stateEntries()).isZero();
            assertThat(hop.timers()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ARRIVAL, EVENT_TIME})
    void aBusyKeyKeepsItsWindowsOnlyAndOneTimerToComeBack(String order) throws Exception {
        try (Hop hop = new Hop(PaymentPipeline.plan(order), BY_CUSTOMER)) {
            for (int second = 0; second < 3_000; second += 10) {
                hop.send(PAYMENTS, PaymentRecords.payment(0, second, second, "c", "s", 1.0));
                hop.watermark(at(second));
                assertThat(hop.timers()).isEqualTo(1);
            }
            assertThat(hop.entriesOf("c")).isBetween(60, 200);
            assertThat(hop.values("customer_count")).endsWith(30.0, 30.0, 30.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ARRIVAL, EVENT_TIME})
    void nothingThatAWindowCanReachIsDropped(String order) throws Exception {
        InferencePlan plan = PaymentPipeline.plan(order);
        try (Hop hop = new Hop(plan, BY_CUSTOMER)) {
            hop.send(PAYMENTS, PaymentRecords.payment(0, 0, 0, "c", "s", 1.0));
            hop.watermark(at(RETENTION - 0.002));
            hop.send(PAYMENTS, PaymentRecords.payment(0, 1, RETENTION - 0.001, "c", "s", 2.0));
            hop.watermark(at(RETENTION));
            hop.send(PAYMENTS, PaymentRecords.payment(0, 2, 2 * RETENTION - 0.002, "c", "s", 4.0));
            hop.watermark(at(2 * RETENTION));
            assertThat(hop.values("customer_last")).containsExactly(0.0, 1.0, 2.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ARRIVAL, EVENT_TIME})
    void aKeyThatComesBackStartsAnew(String order) throws Exception {
        try (Hop hop = new Hop(PaymentPipeline.plan(order), BY_CUSTOMER)) {
            hop.send(PAYMENTS, PaymentRecords.payment(0, 0, 0, "c", "s", 1.0));
            hop.watermark(at(3 * RETENTION));
            hop.send(PAYMENTS, PaymentRecords.payment(0, 1, 3 * RETENTION + 1, "c", "s", 1.0));
            hop.watermark(at(3 * RETENTION + 1));
            assertThat(hop.values("customer_count")).containsExactly(1.0, 1.0);
            assertThat(hop.timers()).isEqualTo(1);
        }
    }
}

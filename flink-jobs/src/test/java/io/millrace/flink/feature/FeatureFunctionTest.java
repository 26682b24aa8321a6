/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import static io.millrace.flink.fixture.PaymentPipeline.ARRIVAL;
import static io.millrace.flink.fixture.PaymentPipeline.BY_CUSTOMER;
import static io.millrace.flink.fixture.PaymentPipeline.BY_SHOP;
import static io.millrace.flink.fixture.PaymentPipeline.EVENT_TIME;
import static io.millrace.flink.fixture.PaymentPipeline.PAYMENTS;
import static io.millrace.flink.fixture.PaymentPipeline.REPORTS;
import static io.millrace.flink.fixture.PaymentRecords.at;
import static io.millrace.flink.fixture.PaymentRecords.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.RawRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How events meet the state of their key, under both orders. */
class FeatureFunctionTest {

    private static final InferencePlan BY_TIME = PaymentPipeline.plan(EVENT_TIME);
    private static final InferencePlan AS_THEY_COME = PaymentPipeline.plan(ARRIVAL);

    @Test
    void underArrivalAnEventIsAnsweredAtOnceWithWhatHasArrived() throws Exception {
        try (Hop hop = new Hop(AS_THEY_COME, BY_CUSTOMER)) {
            hop.send(PAYMENTS, payment(0, 30, "s", 5));
            hop.send(PAYMENTS, payment(1, 10, "s", 7));
            hop.send(PAYMENTS, payment(2, 40, "s", 9));
            assertThat(hop.ids()).containsExactly("p0-0", "p0-1", "p0-2");
            assertThat(hop.values("customer_count")).containsExactly(1.0, 1.0, 3.0);
            assertThat(hop.values("customer_mean")).containsExactly(5.0, 7.0, 7.0);
        }
    }

    @Test
    void underEventTimeAnEventWaitsForTheWatermarkAndLeavesInOrder() throws Exception {
        try (Hop hop = new Hop(BY_TIME, BY_CUSTOMER)) {
            hop.send(PAYMENTS, payment(0, 30, "s", 5));
            hop.send(PAYMENTS, payment(1, 10, "s", 7));
            hop.send(PAYMENTS, payment(2, 40, "s", 9));
            hop.watermark(at(10) - 1);
            assertThat(hop.ids()).isEmpty();
            hop.watermark(at(10));
            assertThat(hop.ids()).containsExactly("p0-1");
            hop.watermark(at(40));
            assertThat(hop.ids()).containsExactly("p0-1", "p0-0", "p0-2");
            assertThat(hop.values("customer_count")).containsExactly(1.0, 2.0, 3.0);
            assertThat(hop.values("customer_mean")).containsExactly(7.0, 6.0, 7.0);
        }
    }

    @Test
    void eventsOfOneTimeAreAnsweredByPartitionThenOffset() throws Exception {
        try (Hop hop = new Hop(BY_TIME, BY_CUSTOMER)) {
            hop.send(PAYMENTS, PaymentRecords.payment(1, 0, 10, "c", "s", 1.0));
            hop.send(PAYMENTS, PaymentRecords.payment(0, 11, 10, "c", "s", 1.0));
            hop.send(PAYMENTS, PaymentRecords.payment(0, 9, 10, "c", "s", 1.0));
            hop.watermark(at(10));
            assertThat(hop.ids()).containsExactly("p0-9", "p0-11", "p1-0");
            assertThat(hop.values("customer_count")).containsExactly(1.0, 2.0, 3.0);
        }
    }

    @Test
    void anotherStreamsEventOfTheSameTimeComesFirst() throws Exception {
        try (Hop hop = new Hop(BY_TIME, BY_SHOP)) {
            hop.send(PAYMENTS, payment(0, 100, "s", 5));
            hop.send(REPORTS, report(7, 99, 100, "s", 30, 0.5));
            hop.watermark(at(100));
            assertThat(hop.ids()).containsExactly("p0-0");
            assertThat(hop.values("shop_severity")).containsExactly(0.5);
        }
    }

    @Test
    void underArrivalAnotherStreamsEventCountsOnceItHasCome() throws Exception {
        try (Hop hop = new Hop(AS_THEY_COME, BY_SHOP)) {
            hop.send(PAYMENTS, payment(0, 100, "s", 5));
            hop.send(REPORTS, report(0, 0, 100, "s", 30, 0.5));
            hop.send(PAYMENTS, payment(1, 100, "s", 5));
            assertThat(hop.values("shop_severity")).containsExactly(0.0, 0.5);
        }
    }

    @Test
    void anEventBehindTheWatermarkIsAnsweredAtOnceAndSaysSo() throws Exception {
        try (Hop hop = new Hop(BY_TIME, BY_CUSTOMER)) {
            hop.send(PAYMENTS, payment(0, 30, "s", 5));
            hop.watermark(at(50));
            hop.send(PAYMENTS, payment(1, 50, "s", 7));
            hop.send(PAYMENTS, payment(2, 51, "s", 7));
            hop.watermark(at(51));
            assertThat(hop.output())
                    .extracting(keyed -> keyed.vector().behindWatermark())
                    .containsExactly(false, true, false);
            assertThat(hop.values("customer_count")).containsExactly(1.0, 2.0, 3.0);
        }
    }

    @Test
    void beingBehindTheWatermarkOfOneHopIsNotForgottenInTheNext() throws Exception {
        try (Hop first = new Hop(BY_TIME, BY_CUSTOMER);
                Hop second = new Hop(BY_TIME, BY_SHOP)) {
            first.watermark(at(50));
            first.send(PAYMENTS, payment(0, 10, "s", 5));
            second.send(first.output().get(0));
            second.watermark(at(10));
            assertThat(second.output().get(0).vector().behindWatermark()).isTrue();
            assertThat(second.values("customer_count")).containsExactly(1.0);
            assertThat(second.values("shop_count")).containsExactly(1.0);
        }
    }

    @Test
    void aFoldedEventEntersEveryHopAndIsNotScored() throws Exception {
        try (Hop hop = new Hop(BY_TIME, BY_CUSTOMER)) {
            hop.watermark(at(50));
            hop.send(Vectors.folded(BY_TIME, payment(0, 40, "s", 5)));
            hop.send(PAYMENTS, payment(1, 60, "s", 7));
            hop.watermark(at(60));
            assertThat(hop.ids()).containsExactly("p0-0", "p0-1");
            assertThat(hop.output()).extracting(KeyedVector::scored).containsExactly(false, true);
            assertThat(hop.output().get(1).vector().values()[Vectors.slot(BY_TIME, "customer_count")])
                    .isEqualTo(2.0);
        }
    }

    @Test
    void whatAHopAddsLeavesTheVectorThatCameInAlone() throws Exception {
        try (Hop hop = new Hop(AS_THEY_COME, BY_CUSTOMER)) {
            KeyedVector sent = Vectors.admitted(AS_THEY_COME, PAYMENTS, payment(0, 10, "s", 5));
            hop.send(sent);
            assertThat(sent.vector().values()).containsOnly(Double.NaN);
            assertThat(hop.values("customer_count")).containsExactly(1.0);
        }
    }

    @Test
    void aNullKeyMeetsNoStateAndLeavesNone() throws Exception {
        try (Hop hop = new Hop(BY_TIME, BY_SHOP)) {
            for (int offset = 0; offset < 3; offset++) {
                hop.send(PAYMENTS, payment(offset, 10, null, 5));
            }
            hop.send(REPORTS, report(0, 0, 10, null, 5, 0.5));
            hop.watermark(at(10));
            assertThat(hop.values("shop_count")).containsExactly(0.0, 0.0, 0.0);
            assertThat(hop.stateEntries()).isZero();
            assertThat(hop.timers()).isZero();
        }
    }

    @Test
    void noTextOfAKeyIsTakenForNull() throws Exception {
        for (String shop : new String[] {"", "\u0000", "\u0000\u0000", "\u0000payments-0-0"}) {
            try (Hop hop = new Hop(AS_THEY_COME, BY_SHOP)) {
                hop.send(PAYMENTS, payment(0, 10, shop, 5));
                hop.send(PAYMENTS, payment(1, 11, shop, 5));
                assertThat(hop.values("shop_count"))
                        .as("shop of length %d", shop.length())
                        .containsExactly(1.0, 2.0);
            }
        }
    }

    @Test
    void anEntryPlacedFarAheadCostsTheKeyNothingElse() throws Exception {
        try (Hop hop = new Hop(BY_TIME, BY_SHOP)) {
            hop.send(PAYMENTS, payment(0, 10, "s", 5));
            hop.send(REPORTS, report(0, 0, 11, "s", 86_400 * 365, 0.5));
            hop.send(PAYMENTS, payment(1, 12, "s", 5));
            hop.watermark(at(12));
            assertThat(hop.values("shop_count")).containsExactly(1.0, 2.0);
        }
    }

    private static RawRecord payment(long offset, double second, @Nullable String shop, double amount) {
        return PaymentRecords.payment(0, offset, second, "c", shop, amount);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.example.fraud.GeneratedEvent.Chargeback;
import io.millrace.example.fraud.GeneratedEvent.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransactionGeneratorTest {

    private static final long START = Instant.parse("2024-03-01T00:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long WEEK = 7 * DAY;

    @Test
    void equalOptionsGiveTheSameStreamOnEveryMachine() throws NoSuchAlgorithmException {
        List<GeneratedEvent> events = history(7, 10);
        assertThat(payments(events).size()).isEqualTo(40_010);
        assertThat(chargebacks(events).size()).isEqualTo(124);
        assertThat(digest(events)).isEqualTo("9a73a1d4c99c3add1f5a0477c83f36a65f04eebda425cac5b049356330faca44");
    }

    private static String digest(List<GeneratedEvent> events) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (GeneratedEvent event : events) {
            digest.update(line(event).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Whole numbers only: how a double is written depends on the JDK. */
    private static String line(GeneratedEvent event) {
        if (event instanceof Transaction payment) {
            return payment.transactionId() + " " + payment.customerId() + " " + payment.terminalId() + " "
                    + Math.round(payment.amount() * 100) + " " + payment.txTimeMillis() + " " + payment.scenario()
                    + "\n";
        }
        return event + "\n";
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aboutOnePaymentInAHundredIsAFraudAndEveryScenarioCounts(long seed) {
        List<Transaction> payments = payments(history(seed, 40));
        Map<Scenario, Long> counts =
                payments.stream().collect(Collectors.groupingBy(Transaction::scenario, Collectors.counting()));
        long frauds = payments.stream().filter(Transaction::fraud).count();

        assertThat((double) frauds / payments.size()).as("seed %d", seed).isBetween(0.005, 0.02);
        assertThat(counts).as("seed %d", seed).hasSize(Scenario.values().length);
        assertThat(counts.values()).as("seed %d", seed).allMatch(count -> count > frauds / 10);
        assertThat((double) payments.size()).as("seed %d", seed).isBetween(155_000.0, 165_000.0);
    }

    @Test
    void bothStreamsAreMergedInOrderOfEventTimeAndChargebacksStandFirst() {
        List<GeneratedEvent> events = history(11, 30);
        for (int i = 1; i < events.size(); i++) {
            long before = events.get(i - 1).eventTimeMillis();
            long now = events.get(i).eventTimeMillis();
            assertThat(now).isGreaterThanOrEqualTo(before);
            if (now == before) {
                assertThat(events.get(i - 1) instanceof Transaction && events.get(i) instanceof Chargeback)
                        .as("a payment before a chargeback at %d", now)
                        .isFalse();
            }
        }
    }

    @Test
    void everyFraudHasOneChargebackAWeekLaterAndNothingElseHas() {
        List<GeneratedEvent> events = history(13, 30);
        long known = START + 30 * DAY - WEEK;
        List<Chargeback> expected = payments(events).stream()
                .filter(payment -> payment.fraud() && payment.txTimeMillis() < known)
                .map(payment -> new Chargeback(
                        payment.transactionId(),
                        payment.terminalId(),
                        payment.customerId(),
                        payment.txTimeMillis(),
                        1,
                        payment.txTimeMillis() + WEEK))
                .toList();
        assertThat(chargebacks(events)).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void compromisedTerminalsStaySoForWeeks() {
        Map<Long, long[]> spans = new HashMap<>();
        for (Transaction payment : payments(history(17, 60))) {
            if (payment.scenario() == Scenario.COMPROMISED_TERMINAL) {
                long[] span =
                        spans.computeIfAbsent(payment.terminalId(), absent -> new long[] {payment.txTimeMillis(), 0});
                span[1] = payment.txTimeMillis();
            }
        }
        assertThat(spans.values()).anyMatch(span -> span[1] - span[0] > 2 * WEEK);
        assertThat(spans).hasSizeBetween(20, 100);
    }

    @Test
    void compromisedCustomersSpendSeveralTimesMore() {
        List<Transaction> payments = payments(history(19, 40));
        assertThat(meanAmount(payments, Scenario.COMPROMISED_CUSTOMER))
                .isGreaterThan(3 * meanAmount(payments, Scenario.GENUINE));
        assertThat(meanAmount(payments, Scenario.LARGE_AMOUNT))
                .isGreaterThan(8 * meanAmount(payments, Scenario.GENUINE));
        assertThat(payments)
                .allMatch(payment ->
                        payment.amount() >= 0.01 && payment.amount() == Math.round(payment.amount() * 100) / 100.0);
    }

    private static double meanAmount(List<Transaction> payments, Scenario scenario) {
        return payments.stream()
                .filter(payment -> payment.scenario() == scenario)
                .mapToDouble(Transaction::amount)
                .average()
                .orElseThrow();
    }

    @Test
    void idsCountUpFromZeroAndStayInTheirRanges() {
        List<Transaction> payments = payments(history(23, 10));
        for (int i = 0; i < payments.size(); i++) {
            assertThat(payments.get(i).transactionId()).isEqualTo(i);
        }
        assertThat(payments).allMatch(payment -> payment.customerId() >= 0 && payment.customerId() < 2_000);
        assertThat(payments).allMatch(payment -> payment.terminalId() >= 0 && payment.terminalId() < 4_000);
    }

    @Test
    void historyGoesOnIntoALivePhaseAtItsOwnRate() {
        long now = START + 3 * DAY + 3_600_000;
        GeneratorOptions options = GeneratorOptions.history(29, START).liveFrom(now, 20);
        TransactionGenerator live = new TransactionGenerator(options);
        TransactionGenerator history = new TransactionGenerator(GeneratorOptions.history(29, START));

        List<GeneratedEvent> past = before(live, now);
        assertThat(past).isEqualTo(before(history, now));
        assertThat(live.nextEventTimeMillis()).isBetween(now, now + 2_000);
        assertThat(payments(before(live, now + 100_000))).hasSizeBetween(1_800, 2_200);
    }

    @Test
    void aStreamMayBeginLive() {
        TransactionGenerator live =
                new TransactionGenerator(GeneratorOptions.history(31, START).liveFrom(START, 50));
        assertThat(payments(before(live, START + 60_000))).hasSizeBetween(2_800, 3_200);
    }

    @Test
    void populationsScaleThePayments() {
        GeneratorOptions options = GeneratorOptions.history(1, START).withPopulation(500, 900);
        assertThat(options).isEqualTo(new GeneratorOptions(1, START, 500, 900, 1_000, Long.MAX_VALUE, 0));
    }

    @Test
    void impossibleOptionsAreRefused() {
        GeneratorOptions options = GeneratorOptions.history(1, START);
        assertThatThrownBy(() -> options.withPopulation(0, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("generator: customers must be from 1 to 100000, found 0.");
        assertThatThrownBy(() -> options.withPopulation(10, 100_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("generator: terminals must be from 1 to 100000, found 100001.");
        assertThatThrownBy(() -> options.liveFrom(START, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("generator: live transactions per second must be a positive number, found NaN.");
    }

    private static List<GeneratedEvent> history(long seed, int days) {
        return before(new TransactionGenerator(GeneratorOptions.history(seed, START)), START + days * DAY);
    }

    private static List<GeneratedEvent> before(TransactionGenerator generator, long endMillis) {
        List<GeneratedEvent> events = new ArrayList<>();
        generator.forEachBefore(endMillis, events::add);
        return events;
    }

    private static List<Transaction> payments(List<GeneratedEvent> events) {
        return events.stream()
                .filter(Transaction.class::isInstance)
                .map(Transaction.class::cast)
                .toList();
    }

    private static List<Chargeback> chargebacks(List<GeneratedEvent> events) {
        return events.stream()
                .filter(Chargeback.class::isInstance)
                .map(Chargeback.class::cast)
                .toList();
    }
}

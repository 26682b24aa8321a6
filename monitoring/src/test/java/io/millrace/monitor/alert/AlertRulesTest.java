/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.monitor.PaneBytes;
import io.millrace.pipeline.record.Alert;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AlertRulesTest {

    private static final long HOUR = 3_600_000;

    private final AlertState state = new AlertState();
    private int window;

    @Test
    void opensAfterThreeWindowsInARowAndClosesAfterThreeThatAreClear() {
        AlertRules rules = rules(rule("psi > 0.2", 0));
        assertThat(series(rules, 0.3, 0.3, 0.1, 0.3, 0.3)).isEmpty();
        List<Alert> opened = series(rules, 0.35);
        assertThat(opened)
                .containsExactly(new Alert(
                        "p:moved:psi/millrace:1::amount:21600000",
                        "p",
                        "moved",
                        "psi > 0.2",
                        "psi",
                        "psi/millrace",
                        "1",
                        null,
                        "amount",
                        0.35,
                        6 * HOUR,
                        null));
        assertThat(state.open()).isEqualTo(opened);
        assertThat(series(rules, 0.1, 0.1, 0.3, 0.1, 0.1)).isEmpty();
        assertThat(series(rules, 0.05)).containsExactly(opened.get(0).closed(0.05, 12 * HOUR));
        assertThat(state.open()).isEmpty();
        assertThat(state.subjects).as("nothing is left to remember").isEmpty();
    }

    @Test
    void aValueThatIsOnlyJustBackKeepsTheAlertOpen() {
        AlertRules rules = rules(rule("psi > 0.2", 0));
        series(rules, 0.3, 0.3, 0.3);
        assertThat(series(rules, 0.19, 0.19, 0.19, 0.19))
                .as("within a tenth of the level")
                .isEmpty();
        assertThat(series(rules, 0.18, 0.18, 0.18)).hasSize(1);
        AlertRules below = rules(rule("psi < 0.2", 0));
        series(below, 0.1, 0.1, 0.1);
        assertThat(series(below, 0.21, 0.21, 0.21)).isEmpty();
        assertThat(series(below, 0.23, 0.23, 0.23)).hasSize(1);
    }

    @Test
    void nothingOpensAgainWhileItCoolsDown() {
        AlertRules rules = rules(rule("psi > 0.2", 5 * HOUR));
        series(rules, 0.3, 0.3, 0.3);
        assertThat(series(rules, 0, 0, 0)).hasSize(1);
        assertThat(series(rules, 0.3, 0.3, 0.3, 0.3)).isEmpty();
        assertThat(series(rules, 0.3)).hasSize(1);
    }

    @Test
    void windowsOfTooFewRowsCountNeitherWay() {
        AlertRules rules = rules(rule("psi > 0.2", 0));
        series(rules, 0.3, 0.3);
        assertThat(rules.evaluate(List.of(signal("psi", "amount", 0.9, 499)), state))
                .isEmpty();
        assertThat(rules.evaluate(List.of(signal("psi", "amount", 0.0, 499)), state))
                .isEmpty();
        assertThat(rules.evaluate(List.of(signal("psi", "amount", Double.NaN, 900)), state))
                .isEmpty();
        assertThat(series(rules, 0.3)).hasSize(1);
    }

    @Test
    void theStateOfASignalCanBeTheCondition() {
        AlertRules rules = rules(new AlertRule(
                "drift", "psi is alarm", ConditionParser.parse("psi is alarm", List.of()), 1, 0, 0.1, 0, null));
        assertThat(rules.evaluate(List.of(inState(State.WARNING)), state)).isEmpty();
        assertThat(rules.evaluate(List.of(inState(State.ALARM)), state)).hasSize(1);
        assertThat(rules.evaluate(List.of(inState(State.WARNING)), state))
                .as("not clear yet")
                .isEmpty();
        assertThat(rules.evaluate(List.of(inState(State.OK)), state)).hasSize(1);
    }

    private MonitoringSignal inState(State own) {
        MonitoringSignal any = signal("psi", "amount", 0.1, 900);
        return new MonitoringSignal(
                any.pipeline(),
                any.monitor(),
                any.metric(),
                any.definition(),
                any.windowStartMillis(),
                any.windowEndMillis(),
                any.modelVersion(),
                any.segment(),
                any.feature(),
                any.value(),
                any.sampleSize(),
                any.threshold(),
                own);
    }

    @Test
    void onlyDiscoveriesOverAllFeaturesCount() {
        AlertRules rules = rules(new AlertRule(
                "moved",
                "psi > 0.2",
                ConditionParser.parse("psi > 0.2", List.of()),
                1,
                500,
                0.1,
                0,
                new FalseDiscovery("psi_p", 0.05)));
        List<MonitoringSignal> signals = new ArrayList<>();
        double[] p = {0.001, 0.02, 0.03, 0.9, 0.9};
        window++;
        for (int i = 0; i < p.length; i++) {
            signals.add(signalAt(window, "psi", "f" + i, 0.3, 900));
            signals.add(signalAt(window, "psi_p", "f" + i, p[i], 900));
        }
        signals.add(signalAt(window, "psi", "unknown", 0.3, 900));
        assertThat(rules.evaluate(signals, state)).extracting(Alert::feature).containsExactly("f0", "f1", "f2");
        assertThatThrownBy(() -> new FalseDiscovery("psi_p", 1))
                .hasMessage("a rate of false discoveries is between 0 and 1, found 1.0");
    }

    @Test
    void aRetiredVersionLeavesNothingOpen() {
        AlertRules rules = rules(rule("psi > 0.2", 0));
        List<Alert> opened = series(rules, 0.3, 0.3, 0.3);
        assertThat(state.retire("2", 9 * HOUR)).isEmpty();
        assertThat(state.retire("1", 9 * HOUR)).containsExactly(opened.get(0).closed(Double.NaN, 9 * HOUR));
        assertThat(state.subjects).isEmpty();
    }

    @Test
    void aWindowThatComesAgainChangesNothing() {
        AlertRules rules = rules(rule("psi > 0.2", 0));
        MonitoringSignal first = signal("psi", "amount", 0.3, 900);
        for (int i = 0; i < 5; i++) {
            assertThat(rules.evaluate(List.of(first), state)).isEmpty();
        }
    }

    @Test
    void everyAlertIsOpenedOnceBeforeItIsClosedOnceAlsoAcrossRestarts() throws IOException {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            AlertRules rules = rules(rule("psi > 0.2", random.nextInt(5) * HOUR));
            AlertState running = new AlertState();
            AlertState restored = new AlertState();
            Set<String> open = new HashSet<>();
            Map<String, Integer> seen = new HashMap<>();
            for (int i = 1; i <= 300; i++) {
                List<MonitoringSignal> signals = new ArrayList<>();
                for (String feature : List.of("a", "b", "c")) {
                    signals.add(signalAt(i, "psi", feature, i / 20 % 2 * 0.2 + random.nextDouble() * 0.15, 900));
                }
                List<Alert> alerts = rules.evaluate(signals, running);
                assertThat(rules.evaluate(signals, restored))
                        .as("seed %d", seed)
                        .isEqualTo(alerts);
                for (Alert alert : alerts) {
                    assertThat(alert.isOpen() ? open.add(alert.id()) : open.remove(alert.id()))
                            .as("seed %d: %s", seed, alert)
                            .isTrue();
                    seen.merge(alert.id(), 1, Integer::sum);
                }
                byte[] bytes = PaneBytes.of(restored, AlertStateCodec::write);
                restored = PaneBytes.read(bytes, AlertStateCodec::read);
                assertThat(PaneBytes.of(restored, AlertStateCodec::write)).isEqualTo(bytes);
            }
            assertThat(seen.values())
                    .as("seed %d", seed)
                    .allMatch(times -> times <= 2)
                    .hasSizeGreaterThan(3);
            assertThat(running.open()).as("seed %d", seed).hasSize(open.size());
            PaneBytes.damage(PaneBytes.of(running, AlertStateCodec::write), AlertStateCodec::read);
        }
    }

    @Test
    void aRuleThatCannotBeIsRefused() {
        assertThatThrownBy(() ->
                        new AlertRule("r", "psi > 1", ConditionParser.parse("psi > 1", List.of()), 0, 0, 0.1, 0, null))
                .hasMessage(
                        "rule 'r': windows must be 1 or more, rows and cool-down 0 or more, hysteresis from 0 to under"
                                + " 1, found 0, 0, 0 and 0.1");
    }

    private static AlertRules rules(AlertRule rule) {
        return new AlertRules(List.of(rule));
    }

    private static AlertRule rule(String text, long coolDownMillis) {
        AlertRule usual = AlertRule.of("moved", text, ConditionParser.parse(text, List.of()));
        return new AlertRule(
                usual.id(),
                usual.text(),
                usual.when(),
                usual.windows(),
                usual.leastRows(),
                usual.hysteresis(),
                coolDownMillis,
                null);
    }

    private List<Alert> series(AlertRules rules, double... values) {
        List<Alert> alerts = new ArrayList<>();
        for (double value : values) {
            alerts.addAll(rules.evaluate(List.of(signal("psi", "amount", value, 900)), state));
        }
        return alerts;
    }

    private MonitoringSignal signal(String metric, @Nullable String feature, double value, long rows) {
        window++;
        return signalAt(window, metric, feature, value, rows);
    }

    private static MonitoringSignal signalAt(
            int window, String metric, @Nullable String feature, double value, long rows) {
        return new MonitoringSignal(
                "p",
                "drift",
                metric,
                metric + "/millrace",
                (window - 1) * HOUR,
                window * HOUR,
                "1",
                null,
                feature,
                value,
                rows,
                Double.NaN,
                State.OK);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import io.millrace.monitor.alert.AlertState.Progress;
import io.millrace.monitor.statistics.BenjaminiHochberg;
import io.millrace.pipeline.record.Alert;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the signals of one window into alerts that open or close.
 *
 * <p>All signals of a window come together, windows of one subject in ascending order; one that was seen already is passed
 * over, so a replay after a restart opens nothing twice.
 */
public final class AlertRules {

    private final List<AlertRule> rules;

    public AlertRules(List<AlertRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** What opens and closes in this window; the state goes on. */
    public List<Alert> evaluate(List<MonitoringSignal> window, AlertState state) {
        List<Alert> alerts = new ArrayList<>();
        for (AlertRule rule : rules) {
            for (MonitoringSignal signal : window) {
                if (rule.when().subject().holds(signal) && counts(rule, signal)) {
                    Alert alert = step(rule, signal, window, state);
                    if (alert != null) {
                        alerts.add(alert);
                    }
                }
            }
        }
        return List.copyOf(alerts);
    }

    private static boolean counts(AlertRule rule, MonitoringSignal signal) {
        return signal.state() != State.INSUFFICIENT
                && !Double.isNaN(signal.value())
                && signal.sampleSize() >= rule.leastRows();
    }

    private static @Nullable Alert step(
            AlertRule rule, MonitoringSignal signal, List<MonitoringSignal> window, AlertState state) {
        AlertSubject subject = AlertSubject.of(rule, signal);
        Progress progress = state.subjects.computeIfAbsent(subject, any -> new Progress());
        long now = signal.windowEndMillis();
        if (now <= progress.lastWindowEndMillis) {
            return null;
        }
        progress.lastWindowEndMillis = now;
        Alert open = progress.open;
        Alert alert = open == null
                ? opens(rule, signal, progress, rule.when().holds(signal) && discovered(rule, signal, window))
                : closes(rule, signal, progress, open);
        if (progress.isIdle(now, rule.coolDownMillis())) {
            state.subjects.remove(subject);
        }
        return alert;
    }

    private static @Nullable Alert opens(AlertRule rule, MonitoringSignal signal, Progress progress, boolean broken) {
        progress.streak = broken ? progress.streak + 1 : 0;
        long now = signal.windowEndMillis();
        if (progress.streak < rule.windows() || progress.isCooling(now, rule.coolDownMillis())) {
            return null;
        }
        progress.streak = 0;
        Alert alert = opened(rule, signal);
        progress.open = alert;
        return alert;
    }

    private static @Nullable Alert closes(AlertRule rule, MonitoringSignal signal, Progress progress, Alert open) {
        progress.streak = rule.when().lingers(signal, rule.hysteresis()) ? 0 : progress.streak + 1;
        if (progress.streak < rule.windows()) {
            return null;
        }
        progress.streak = 0;
        progress.open = null;
        progress.closedAtMillis = signal.windowEndMillis();
        return open.closed(signal.value(), signal.windowEndMillis());
    }

    private static Alert opened(AlertRule rule, MonitoringSignal signal) {
        String id = String.join(
                ":",
                signal.pipeline(),
                rule.id(),
                signal.definition(),
                Objects.requireNonNullElse(signal.modelVersion(), ""),
                Objects.requireNonNullElse(signal.segment(), ""),
                Objects.requireNonNullElse(signal.feature(), ""),
                Long.toString(signal.windowEndMillis()));
        return new Alert(
                id,
                signal.pipeline(),
                rule.id(),
                rule.text(),
                signal.metric(),
                signal.definition(),
                signal.modelVersion(),
                signal.segment(),
                signal.feature(),
                signal.value(),
                signal.windowEndMillis(),
                null);
    }

    /** Whether the p-value of the signal's feature is among those rejected over all features of its window. */
    private static boolean discovered(AlertRule rule, MonitoringSignal signal, List<MonitoringSignal> window) {
        FalseDiscovery discovery = rule.discovery();
        if (discovery == null) {
            return true;
        }
        List<MonitoringSignal> family = window.stream()
                .filter(other -> other.metric().equals(discovery.metric()) && isRelated(other, signal))
                .filter(other -> other.sampleSize() >= rule.leastRows())
                .toList();
        double threshold = BenjaminiHochberg.threshold(
                family.stream().mapToDouble(MonitoringSignal::value).toArray(), discovery.rate());
        return family.stream()
                .anyMatch(other -> Objects.equals(other.feature(), signal.feature()) && other.value() <= threshold);
    }

    private static boolean isRelated(MonitoringSignal one, MonitoringSignal other) {
        return one.windowEndMillis() == other.windowEndMillis()
                && Objects.equals(one.modelVersion(), other.modelVersion())
                && Objects.equals(one.segment(), other.segment());
    }
}

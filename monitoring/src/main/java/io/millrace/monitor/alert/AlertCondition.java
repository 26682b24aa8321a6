/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.MonitoringSignal.State;
import org.jspecify.annotations.Nullable;

/** What a rule waits for. */
public sealed interface AlertCondition {

    /** What it looks at. */
    Subject subject();

    /** Whether a signal of its subject fulfils it. */
    boolean holds(MonitoringSignal signal);

    /**
     * Whether a signal of its subject is still too near to it for an open alert to close.
     *
     * @param hysteresis how far the level is moved back, as a share of itself
     */
    boolean lingers(MonitoringSignal signal, double hysteresis);

    /**
     * The signals that a condition looks at.
     *
     * @param name of the metric, or of the definition when it has a slash
     * @param feature null: any, or none
     */
    record Subject(String name, @Nullable String feature) {
        boolean holds(MonitoringSignal signal) {
            String found = name.indexOf('/') < 0 ? signal.metric() : signal.definition();
            return found.equals(name) && (feature == null || feature.equals(signal.feature()));
        }
    }

    /** The value is on one side of a level. */
    record Threshold(Subject subject, Operator operator, double level) implements AlertCondition {
        @Override
        public boolean holds(MonitoringSignal signal) {
            return operator.holds(signal.value(), level);
        }

        @Override
        public boolean lingers(MonitoringSignal signal, double hysteresis) {
            double back = hysteresis * Math.abs(level);
            return operator.holds(signal.value(), operator.isAbove() ? level - back : level + back);
        }
    }

    /** The signal's own state is at least as bad. */
    record InState(Subject subject, State state) implements AlertCondition {
        @Override
        public boolean holds(MonitoringSignal signal) {
            return signal.state() == State.ALARM || signal.state() == state;
        }

        @Override
        public boolean lingers(MonitoringSignal signal, double hysteresis) {
            return holds(signal) || hysteresis > 0 && signal.state() == State.WARNING;
        }
    }

    /** How a value is compared with a level. */
    enum Operator {
        GREATER(">"),
        AT_LEAST(">="),
        LESS("<"),
        AT_MOST("<=");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        boolean isAbove() {
            return this == GREATER || this == AT_LEAST;
        }

        boolean holds(double value, double level) {
            return switch (this) {
                case GREATER -> value > level;
                case AT_LEAST -> value >= level;
                case LESS -> value < level;
                case AT_MOST -> value <= level;
            };
        }
    }
}

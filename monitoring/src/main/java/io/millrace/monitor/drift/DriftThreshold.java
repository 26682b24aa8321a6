/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.drift;

import io.millrace.monitor.distance.MillraceDrift;
import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.pipeline.record.MonitoringSignal.State;
import io.millrace.pipeline.spec.DriftDefinition;

/**
 * From when on a value of a measure is too much.
 *
 * <p>A fixed level means different things at different sizes of samples, so Millrace's own measures alarm only beyond their level
 * <em>and</em> beyond what a window shows by chance, in one of a hundred, where nothing changed (METRICS.md 4i). The levels of psi
 * are those in common use; those of kl, js and hellinger are what a small change of that psi makes of them (psi ≈ 2·KL ≈ 8·H² ≈
 * 8·JS).
 * Where the tool that a definition comes from has a fixed level, that is the level; where it compares with chunks of its
 * reference, there is none.
 *
 * @param warning NaN: none
 * @param alarm NaN: none
 * @param downward whether small values alarm: p-values
 */
public record DriftThreshold(double warning, double alarm, boolean downward) {

    /** How rarely chance alone goes beyond {@link #byChance}. */
    public static final double BY_CHANCE = 0.01;

    private static final double PSI_WARNING = 0.1;
    private static final double PSI_ALARM = 0.2;
    private static final DriftThreshold NONE = new DriftThreshold(Double.NaN, Double.NaN, false);

    public static DriftThreshold of(DriftMeasure measure) {
        return measure.definition() == DriftDefinition.MILLRACE ? own(measure) : foreign(measure);
    }

    private static DriftThreshold own(DriftMeasure measure) {
        return switch (measure.metric()) {
            case PSI -> above(PSI_WARNING, PSI_ALARM);
            case KL -> above(PSI_WARNING / 2, PSI_ALARM / 2);
            case JS -> above(jensenShannon(PSI_WARNING), jensenShannon(PSI_ALARM));
            case HELLINGER -> above(Math.sqrt(PSI_WARNING / 8), Math.sqrt(PSI_ALARM / 8));
            case KS, L_INFINITY -> above(0.05, 0.1);
            case WASSERSTEIN -> above(0.1, 0.2);
            case KS_P, CHI2_P -> new DriftThreshold(Double.NaN, BY_CHANCE, true);
        };
    }

    private static DriftThreshold foreign(DriftMeasure measure) {
        return switch (measure.name()) {
            case "psi/evidently", "js/evidently", "kl/evidently", "wasserstein/evidently", "hellinger/evidently" ->
                above(Double.NaN, 0.1);
            case "ks_p/evidently" -> new DriftThreshold(Double.NaN, 0.05, true);
            case "psi/hopsworks" -> above(Double.NaN, 0.2);
            default -> NONE;
        };
    }

    private static DriftThreshold above(double warning, double alarm) {
        return new DriftThreshold(warning, alarm, false);
    }

    private static double jensenShannon(double psi) {
        return Math.sqrt(psi / (8 * Math.log(2)));
    }

    /** What one window of a hundred exceeds where nothing changed; NaN where that is not known. */
    static double byChance(DriftMeasure measure, ColumnProfile profile, long[] reference, long[] current) {
        if (measure.definition() != DriftDefinition.MILLRACE) {
            return Double.NaN;
        }
        double psi = MillraceDrift.psiByChance(reference, current, BY_CHANCE);
        double steps = MillraceDrift.stepsByChance(reference, current, BY_CHANCE);
        return switch (measure.metric()) {
            case PSI -> psi;
            case KL -> psi / 2;
            case JS -> jensenShannon(psi);
            case HELLINGER -> Math.sqrt(psi / 8);
            case KS, L_INFINITY -> steps;
            case WASSERSTEIN -> steps * (profile.greatest() - profile.least()) / profile.deviation();
            case KS_P, CHI2_P -> BY_CHANCE;
        };
    }

    /** What a value says; a value that chance may make is none to worry about. */
    State state(double value, double byChance) {
        if (Double.isNaN(value)) {
            return State.INSUFFICIENT;
        }
        if (!downward && value <= byChance) {
            return State.OK;
        }
        return beyond(value, alarm) ? State.ALARM : beyond(value, warning) ? State.WARNING : State.OK;
    }

    private boolean beyond(double value, double level) {
        return downward ? value < level : value > level;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whose formula of a metric: tools mean different numbers by the same name. */
public enum DriftDefinition {
    /** Integer counts on fixed bins: the same at any parallelism and in any order. It has every metric. */
    MILLRACE,
    EVIDENTLY,
    NANNYML,
    HOPSWORKS;

    public boolean has(DriftMetric metric) {
        return switch (this) {
            case MILLRACE -> true;
            case EVIDENTLY ->
                switch (metric) {
                    case PSI, JS, KL, KS_P, WASSERSTEIN, HELLINGER -> true;
                    default -> false;
                };
            case NANNYML ->
                switch (metric) {
                    case JS, KS, WASSERSTEIN, HELLINGER -> true;
                    default -> false;
                };
            case HOPSWORKS ->
                switch (metric) {
                    case PSI, JS, KS, HELLINGER -> true;
                    default -> false;
                };
        };
    }

    /** The metrics that this tool has, in one order. */
    public List<DriftMetric> metrics() {
        return Arrays.stream(DriftMetric.values()).filter(this::has).toList();
    }

    /** Whether it needs the values themselves, and not only counts on fixed bins. */
    public boolean needsSamples() {
        return this != MILLRACE;
    }

    /** As the pipeline file and signals write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

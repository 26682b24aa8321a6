/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

import io.millrace.pipeline.record.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions score.
 *
 * @param champion scores what no canary gets
 * @param canary scores a share of the events in the champion's place; null: none
 * @param share of the canary, from 0 to 1
 * @param shadow scores every event a second time, to be compared; null: none
 */
public record Regime(
        ModelVersion champion,
        @Nullable ModelVersion canary,
        double share,
        @Nullable ModelVersion shadow) {

    /** One version for everything. */
    public static Regime of(ModelVersion champion) {
        return new Regime(champion, null, 0, null);
    }

    /** This regime with another champion. A canary or shadow of the same version has nothing more to say, and ends. */
    public Regime withChampion(ModelVersion version) {
        boolean canaryStays = canary != null && !canary.equals(version);
        return new Regime(
                version, canaryStays ? canary : null, canaryStays ? share : 0, version.equals(shadow) ? null : shadow);
    }

    public Regime withCanary(ModelVersion version, double part) {
        return new Regime(champion, version, part, shadow);
    }

    public Regime withShadow(ModelVersion version) {
        return new Regime(champion, canary, share, version);
    }

    /** Every version that scores, without repetition. */
    public List<ModelVersion> versions() {
        List<ModelVersion> versions = new ArrayList<>(3);
        versions.add(champion);
        if (canary != null && !versions.contains(canary)) {
            versions.add(canary);
        }
        if (shadow != null && !versions.contains(shadow)) {
            versions.add(shadow);
        }
        return versions;
    }
}

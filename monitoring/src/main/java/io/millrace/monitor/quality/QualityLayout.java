/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.quality;

import io.millrace.monitor.profile.ColumnProfile;
import io.millrace.monitor.profile.ReferenceProfile;
import io.millrace.pipeline.spec.QualitySpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reference knows of each feature: its range, and its values where they are few. */
final class QualityLayout {

    private static final double[] NONE = {};

    private final double[] least;
    private final double[] greatest;
    /** Ascending; empty where they are many, or nobody asks. */
    private final double[][] known;

    private final boolean[] ranged;

    /** @param profile null where nothing is compared with it */
    QualityLayout(QualitySpec spec, List<String> features, @Nullable ReferenceProfile profile) {
        int size = features.size();
        least = new double[size];
        greatest = new double[size];
        known = new double[size][];
        Arrays.fill(known, NONE);
        ranged = new boolean[size];
        for (int feature = 0; feature < size; feature++) {
            ColumnProfile column = profile == null ? null : profile.feature(features.get(feature));
            if (column != null && !Double.isNaN(column.least())) {
                ranged[feature] = spec.range();
                least[feature] = column.least();
                greatest[feature] = column.greatest();
                known[feature] = spec.unseen() == null ? NONE : few(column);
            }
        }
    }

    /** Where a column has few values each is a border of its bins. */
    private static double[] few(ColumnProfile column) {
        double[] borders = column.borders();
        boolean all = Arrays.stream(column.sample()).allMatch(value -> Arrays.binarySearch(borders, value) >= 0);
        return all ? borders : NONE;
    }

    boolean isRanged(int feature) {
        return ranged[feature];
    }

    boolean isListed(int feature) {
        return known[feature].length > 0;
    }

    boolean isOutside(int feature, double value) {
        return ranged[feature] && (value < least[feature] || value > greatest[feature]);
    }

    boolean isUnseen(int feature, double value) {
        return known[feature].length > 0 && Arrays.binarySearch(known[feature], value + 0.0) < 0;
    }
}

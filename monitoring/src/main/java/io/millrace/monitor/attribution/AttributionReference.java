/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.attribution;

import java.util.List;

/**
 * Mean attributions of reference rows, from the bundle.
 *
 * @param features their names, in the order of the attributions
 * @param attributions their means
 */
public record AttributionReference(List<String> features, double[] attributions, double meanScore) {

    public AttributionReference {
        features = List.copyOf(features);
        if (features.size() != attributions.length) {
            throw new IllegalArgumentException(
                    features.size() + " features do not fit " + attributions.length + " mean attributions");
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import io.millrace.model.network.Network;
import io.millrace.pipeline.record.ModelVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model version, read and verified: every file has the digest that bundle.json names, and the parts fit each other.
 * Immutable; its arrays are never changed.
 *
 * @param version name, version, and the digest of bundle.json
 * @param card the model card, Markdown
 * @param reference the monitoring profile as it stands in {@code reference.json}; null: the bundle has none
 */
public record Bundle(
        ModelVersion version,
        Description description,
        Preprocessing preprocessing,
        Network network,
        Calibration calibration,
        GoldenCases golden,
        String card,
        byte @Nullable [] reference) {

    /** The names of the features that feed the network, in order. */
    public List<String> inputs() {
        return description.inputs();
    }

    /** The names of the classes; empty where they have none. */
    public List<String> outputs() {
        return description.labels();
    }

    public Task task() {
        return description.task();
    }

    /** The digest of what computes the inputs; null for a model that is bound to no pipeline's features. */
    public @Nullable String featureDigest() {
        return description.featureDigest();
    }

    /** From which score on the answer is positive; NaN: the model does not decide. */
    public double threshold() {
        return description.threshold();
    }

    /** The training means, NaN where not known. */
    public double[] means() {
        return preprocessing.means();
    }
}

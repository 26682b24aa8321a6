/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import org.jspecify.annotations.Nullable;

/**
 * A model that is about to become a bundle.
 *
 * @param configuration DL4J's JSON of the network
 * @param weights the network's parameters as one vector, in DL4J's order
 * @param golden null: the store makes cases of origin {@code self}
 * @param card the model card, Markdown
 * @param reference what {@code reference.json} is to hold, the monitoring profile; null: there is none
 */
public record BundleDraft(
        Description description,
        Preprocessing preprocessing,
        String configuration,
        float[] weights,
        Calibration calibration,
        @Nullable GoldenCases golden,
        String card,
        byte @Nullable [] reference) {

    /** A model without a monitoring profile. */
    public BundleDraft(
            Description description,
            Preprocessing preprocessing,
            String configuration,
            float[] weights,
            Calibration calibration,
            @Nullable GoldenCases golden,
            String card) {
        this(description, preprocessing, configuration, weights, calibration, golden, card, null);
    }

    /** A model whose answers are taken as they are. */
    public BundleDraft(
            Description description,
            Preprocessing preprocessing,
            String configuration,
            float[] weights,
            @Nullable GoldenCases golden,
            String card) {
        this(description, preprocessing, configuration, weights, Calibration.IDENTITY, golden, card);
    }

    public BundleDraft withGolden(GoldenCases cases) {
        return new BundleDraft(description, preprocessing, configuration, weights, calibration, cases, card, reference);
    }

    /** The same with a monitoring profile. */
    public BundleDraft withReference(byte[] profile) {
        return new BundleDraft(description, preprocessing, configuration, weights, calibration, golden, card, profile);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Versions of one model to put into stores. */
final class Drafts {

    static final String MODEL = "card-fraud";

    private static final BundleDraft DRAFT = ModelFixture.draft();

    private Drafts() {}

    /** A version whose golden cases are the trainer's. */
    static BundleDraft verified(String version) {
        GoldenCases golden = Objects.requireNonNull(DRAFT.golden());
        return unverified(version)
                .withGolden(new GoldenCases(GoldenCases.Origin.TRAINER, golden.inputs(), golden.outputs()));
    }

    /** A version whose golden cases are its own. */
    static BundleDraft unverified(String version) {
        Description of = DRAFT.description();
        Description described = new Description(
                of.name(),
                version,
                of.task(),
                of.inputs(),
                of.outputs(),
                of.labels(),
                of.featureDigest(),
                of.threshold(),
                of.training(),
                of.metrics(),
                of.seeds());
        return new BundleDraft(
                described, DRAFT.preprocessing(), DRAFT.configuration(), DRAFT.weights(), DRAFT.golden(), DRAFT.card());
    }

    static void assertRefused(ThrowingCallable call, Code code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}

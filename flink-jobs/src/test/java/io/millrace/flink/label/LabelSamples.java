/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.label;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.PendingOutcome;
import java.util.List;

/** States of a label join for tests of its bytes. */
public final class LabelSamples {

    private LabelSamples() {}

    /** One that is empty, and one in which both sides wait. */
    public static List<LabelState> states() {
        InferencePlan plan = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);
        LabelState state = new LabelState();
        ModelVersion model = new ModelVersion("risk", "1", "d");
        state.predictions.add(new PendingOutcome(
                "shop", 5, model, 0.5f, null, new String[] {"customer", "c"}, PendingOutcome.NO_WORTH));
        var event = PaymentRecords.event(plan, PaymentPipeline.REPORTS, PaymentRecords.report(0, 1, 2, "shop", 1, 0.5));
        KeyedVector label = new KeyedVector("shop", new FeatureVector(event, new double[0], false), false);
        state.labels.add(new LabelState.HeldLabel(label, false));
        state.labels.add(new LabelState.HeldLabel(label, true));
        return List.of(new LabelState(), state);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.feature.replay.Recollection.Gap;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.model.score.ScoringProgram;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptCheckTest {

    private static final Doubt NONE = new Doubt(null, 0, false);
    private static final Doubt ARRIVAL = new Doubt(null, 0, true);
    private static final SourcePosition SOURCE = new SourcePosition("payments", 2, 77);
    private static final long TIME = 1_714_521_600_000L;
    private static final int AMOUNT = 0;
    private static final int CUSTOMER_COUNT = 1;
    private static final String ABOUT = "prediction 'p1@payment-risk-1': ";

    @TempDir
    private Path directory;

    private final double[] vector = {12.5, 3, 20.25, 11, 0.617, 2, 0};
    private FeatureContract contract;

    @BeforeEach
    void install() {
        contract = FeatureContract.of(PaymentPipeline.install(directory, "event_time", text -> text));
    }

    @Test
    void everythingEqualIsAMatch() {
        Prediction prediction = made(dense());
        Verdict verdict = check(prediction, vector, NONE);
        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Outcome.MATCH,
                        prediction,
                        null,
                        null,
                        null,
                        ABOUT + "7 features and what the model said are reproduced to the last bit."));
        assertThat(check(prediction, vector, ARRIVAL).message())
                .isEqualTo(
                        ABOUT + "7 features and what the model said are reproduced to the last bit, with events in the"
                                + " order of Kafka's timestamps; under order: arrival that is not promised.");
    }

    @Test
    void scoresOfDl4jMayLieApartALittle() {
        Prediction prediction = made(PaymentModel.normalized(root(), contract.inputs()));
        Prediction apart = scored(prediction, prediction.score() + 2e-6f);
        assertThat(check(apart, vector, NONE).message())
                .isEqualTo(ABOUT + "7 features and what the model said are reproduced by DL4J, to 1.0E-5.");
        assertThat(check(scored(prediction, prediction.score() + 1e-4f), vector, NONE)
                        .outcome())
                .isEqualTo(Outcome.DIFFERS);
    }

    @Test
    void keptFeatureMayDifferUnderArrivalAndNoOther() {
        Prediction prediction = made(dense());
        Verdict kept = check(prediction, with(CUSTOMER_COUNT, 4), ARRIVAL);
        assertThat(kept.outcome()).isEqualTo(Outcome.NOT_PROMISED);
        assertThat(kept.message())
                .isEqualTo(ABOUT + "feature customer_count: recorded 3.0, recomputed 4.0. Under order: arrival the"
                        + " features kept by a key depend on the order in which events of different partitions and"
                        + " topics arrived; nobody has written that down, and Kafka's timestamps were taken for it. Use"
                        + " order: event_time where predictions must be reproduced.");
        assertThat(check(prediction, with(AMOUNT, 13), ARRIVAL).outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(check(prediction, with(CUSTOMER_COUNT, 4), NONE).outcome()).isEqualTo(Outcome.DIFFERS);
    }

    @Test
    void lateEventsAndLostOnesExplainADifference() {
        Prediction prediction = made(dense());
        Verdict late = check(prediction, with(CUSTOMER_COUNT, Double.NaN), new Doubt(null, 2, false));
        assertThat(late.outcome()).isEqualTo(Outcome.NOT_PROMISED);
        assertThat(late.message())
                .isEqualTo(ABOUT + "feature customer_count: recorded 3.0, recomputed missing. Of late events under"
                        + " allowed_lateness, 2 may have been folded in before or after, as the watermark stood; nobody"
                        + " has written that down.");
        Verdict lost = check(prediction, with(CUSTOMER_COUNT, 2), new Doubt(new Gap("payments", 1, 500), 2, false));
        assertThat(lost.outcome()).isEqualTo(Outcome.SOURCE_GONE);
        assertThat(lost.message())
                .isEqualTo(ABOUT + "feature customer_count: recorded 3.0, recomputed 2.0. Its windows reach back to"
                        + " events that are gone: payments-1 begins at offset 500. Keep the topic's records for longer"
                        + " than the windows reach (retention.ms).");
    }

    @Test
    void withoutFeaturesADoubtConcernsTheScore() {
        Prediction bare = withFeatures(made(dense()), null);
        assertThat(check(bare, vector, NONE).message())
                .isEqualTo(ABOUT + "what the model said is reproduced to the last bit; the features were not recorded"
                        + " (outputs.features), so they were not compared.");
        Verdict differs = check(bare, with(AMOUNT, 90), NONE);
        assertThat(differs.outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(differs.message())
                .isEqualTo(ABOUT + "score: recorded " + bare.score() + ", recomputed " + differs.recomputed()
                        + ". The features were not recorded (outputs.features), so only what the model said was"
                        + " compared. Either the record was altered, or the pipeline decides by another rule now.");
        assertThat(check(bare, with(AMOUNT, 90), ARRIVAL).outcome()).isEqualTo(Outcome.NOT_PROMISED);
    }

    @Test
    void anotherNumberOfFeaturesIsNamed() {
        Verdict verdict = check(withFeatures(made(dense()), new float[3]), vector, NONE);
        assertThat(verdict.message())
                .startsWith(ABOUT + "features: recorded 3 values, recomputed 7 values. Either the record was altered");
    }

    @Test
    void anotherEventAtTheOffsetIsNamed() {
        Prediction prediction = made(dense());
        try (ReceiptCheck check = new ReceiptCheck(contract)) {
            assertThat(check.ofSource(prediction, event("p1", TIME))).isNull();
            assertThat(Objects.requireNonNull(check.ofSource(prediction, event("p2", TIME)))
                            .message())
                    .isEqualTo(ABOUT + "event_id: recorded p1, recomputed p2. At payments-2 offset 77 there stands"
                            + " another event than the one that was scored, or it is read with another schema. Was the"
                            + " topic made anew? Give the topic and the schema as they were.");
            assertThat(Objects.requireNonNull(check.ofSource(prediction, event("p1", TIME + 1)))
                            .field())
                    .isEqualTo("event_time");
            assertThat(check.ofRefusedSource(prediction, "AVRO_DECODE").message())
                    .startsWith(ABOUT + "event: recorded p1, recomputed a dead letter, AVRO_DECODE. At payments-2");
        }
    }

    @Test
    void versionThatBecameAnAliasIsGone() throws Exception {
        Prediction prediction = made(dense());
        Path versions = root().resolve(PaymentModel.NAME);
        Files.move(versions.resolve("1"), directory.resolve("away"));
        LocalModelStore store = new LocalModelStore(root());
        store.publish(PaymentModel.draft("2", contract.inputs()));
        store.alias(PaymentModel.NAME, "1", "2");
        try (ReceiptCheck check = new ReceiptCheck(contract)) {
            assertThat(check.withoutSources(prediction))
                    .isEqualTo(Verdict.of(
                            Outcome.BUNDLE_GONE,
                            prediction,
                            "the bundle that scored it is gone: in the store "
                                    + contract.store().uri() + " '1' is now an"
                                    + " alias of 2 of model 'payment-risk'. Restore the version."));
        }
    }

    private Path root() {
        return Path.of(URI.create(contract.store().uri()));
    }

    private ModelVersion dense() {
        return PaymentModel.dense(root(), contract.inputs(), contract.digest());
    }

    private Verdict check(Prediction prediction, double[] recomputed, Doubt doubt) {
        try (ReceiptCheck check = new ReceiptCheck(contract)) {
            assertThat(check.withoutSources(prediction)).isNull();
            return check.check(prediction, recomputed, doubt);
        }
    }

    private double[] with(int slot, double value) {
        double[] changed = vector.clone();
        changed[slot] = value;
        return changed;
    }

    private Prediction made(ModelVersion version) {
        float[] features = new float[vector.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) vector[i];
        }
        try (ScoringProgram scoring = contract.openModel(version)) {
            scoring.put(0, vector, contract.inputSlots(scoring.bundle()));
            scoring.score(1);
            return prediction(
                    version, scoring.scoreOf(0), scoring.outputs(0), scoring.label(0), scoring.decision(0), features);
        }
    }

    private Prediction prediction(
            ModelVersion version, float score, float[] outputs, String label, Boolean decision, float[] features) {
        return new Prediction(
                "p1@payment-risk-1",
                "p1",
                null,
                TIME,
                "payments",
                version,
                "champion",
                contract.digest(),
                SOURCE,
                score,
                outputs,
                label,
                decision,
                Ranking.NONE,
                features,
                new String[0],
                new Object[0],
                0,
                0);
    }

    private Prediction scored(Prediction made, float score) {
        return prediction(made.model(), score, new float[] {score}, made.label(), made.decision(), made.features());
    }

    private Prediction withFeatures(Prediction made, float[] features) {
        return prediction(made.model(), made.score(), made.outputs(), made.label(), made.decision(), features);
    }

    private static Event event(String id, long timeMillis) {
        RawRecord raw = new RawRecord(SOURCE, TIME, null, null, new RawHeader[0]);
        return new Event(PaymentPipeline.PAYMENTS, id, timeMillis, new double[0], new String[0], raw, TIME);
    }
}

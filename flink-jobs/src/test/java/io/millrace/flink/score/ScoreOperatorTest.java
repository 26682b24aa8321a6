/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Prediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of at most four rows, waiting an hour at most: what ends a batch, and that no row is lost or scored twice. */
class ScoreOperatorTest {

    @TempDir
    static Path directory;

    private static InferencePlan batching;
    private static InferencePlan compiled;
    private static InferencePlan overflowing;

    @BeforeAll
    static void publish() throws Exception {
        batching = planned("batching", (store, contract) -> PaymentModel.normalized(store, contract.inputs()));
        compiled = planned("compiled", (store, contract) -> PaymentModel.dense(store, contract.inputs(), null));
        overflowing = planned("overflowing", (store, contract) -> PaymentModel.overflowing(store, contract.inputs()));
    }

    private static InferencePlan planned(String name, BiConsumer<Path, FeatureContract> publication) throws Exception {
        Path home = Files.createDirectories(directory.resolve(name));
        PipelineDocument document = PaymentPipeline.install(home, PaymentPipeline.ARRIVAL, text -> text);
        publication.accept(home.resolve("models"), FeatureContract.of(document));
        return InferencePlanner.plan(document);
    }

    @Test
    void aFullBatchIsScored() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 3);
            assertThat(task.ids()).isEmpty();
            task.pay(3, 3.0);
            assertThat(task.ids()).containsExactly("p0-0", "p0-1", "p0-2", "p0-3");
            task.pay(4, 3.0);
            assertThat(task.ids()).hasSize(4);
        }
    }

    @Test
    void whatWaitsIsScoredAsSoonAsInputPauses() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 2);
            assertThat(task.look()).isTrue();
            assertThat(task.ids()).isEmpty();
            assertThat(task.look()).isTrue();
            assertThat(task.ids()).containsExactly("p0-0", "p0-1");
            assertThat(task.look()).isFalse();
        }
    }

    @Test
    void aBatchGrowsAsLongAsEachLookFindsMore() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            for (int offset = 0; offset < 3; offset++) {
                task.pay(offset, 3.0);
                task.look();
                assertThat(task.ids()).isEmpty();
            }
            task.idle();
            assertThat(task.ids()).hasSize(3);
        }
    }

    @Test
    void theBatchAfterAFullOneGrowsLikewise() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 3);
            task.look();
            pay(task, 3, 2);
            task.look();
            assertThat(task.ids()).as("one full batch, one row waiting").hasSize(4);
            task.look();
            assertThat(task.ids()).hasSize(5);
        }
    }

    @Test
    void anIdleTaskIsLeftAlone() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            assertThat(task.idle()).isZero();
            pay(task, 0, 4);
            task.idle();
            assertThat(task.idle()).isZero();
        }
    }

    @Test
    void aWatermarkDoesNotOvertakeWhatWaits() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 2);
            task.watermark(7);
            pay(task, 2, 1);
            assertThat(task.everything()).hasSize(3);
            assertThat(task.everything().subList(0, 2)).allMatch(StreamRecord.class::isInstance);
            assertThat(task.everything().get(2)).isEqualTo(new Watermark(7));
        }
    }

    @Test
    void whatWaitsIsScoredAtTheEndOfInput() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 3);
            task.finish();
            assertThat(task.ids()).hasSize(3);
            task.idle();
            assertThat(task.ids()).hasSize(3);
        }
    }

    @Test
    void nothingWaitsOverACheckpointAndNothingIsScoredTwiceAfterIt() throws Exception {
        List<String> delivered = new ArrayList<>();
        OperatorSubtaskState state;
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 6);
            state = task.checkpoint(1);
            assertThat(task.ids()).hasSize(6);
            delivered.addAll(task.ids());
            pay(task, 6, 2);
        }
        try (ScoreTask restored = new ScoreTask(batching, state)) {
            restored.idle();
            pay(restored, 6, 4);
            restored.idle();
            delivered.addAll(restored.ids());
        }
        assertThat(delivered)
                .containsExactly("p0-0", "p0-1", "p0-2", "p0-3", "p0-4", "p0-5", "p0-6", "p0-7", "p0-8", "p0-9");
    }

    @Test
    void withoutAWaitEachRowIsScoredAtOnce() throws Exception {
        Path home = Files.createDirectories(directory.resolve("impatient"));
        PipelineDocument document = PaymentPipeline.install(
                home, PaymentPipeline.ARRIVAL, text -> text.replace("max_wait: 1h", "max_wait: 0s"));
        PaymentModel.normalized(
                home.resolve("models"), FeatureContract.of(document).inputs());
        try (ScoreTask task = new ScoreTask(InferencePlanner.plan(document))) {
            task.pay(0, 3.0);
            assertThat(task.ids()).containsExactly("p0-0");
        }
    }

    @Test
    void aCompiledPlanGainsNothingFromCompanyAndWaitsForNone() throws Exception {
        try (ScoreTask task = new ScoreTask(compiled)) {
            task.pay(0, 3.0);
            assertThat(task.ids()).containsExactly("p0-0");
            assertThat(task.idle()).isZero();
        }
    }

    @Test
    void companyDoesNotChangeAScore() throws Exception {
        List<Prediction> together;
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 4);
            together = task.predictions();
        }
        try (ScoreTask task = new ScoreTask(batching)) {
            for (int offset = 0; offset < 4; offset++) {
                pay(task, offset, 1);
                task.idle();
                assertThat(task.predictions().get(offset).score())
                        .isCloseTo(together.get(offset).score(), within(1e-6f));
            }
        }
    }

    @Test
    void aMissingFeatureThatThePipelineRefusesIsADeadLetter() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 1);
            task.pay(1, null);
            pay(task, 2, 1);
            task.idle();
            assertThat(task.ids()).containsExactly("p0-0", "p0-2");
            DeadLetter letter = task.deadLetters().get(0);
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.EXPRESSION);
            assertThat(letter.stage()).isEqualTo("score");
            assertThat(letter.field()).isEqualTo("amount");
            assertThat(letter.raw().position().offset()).isEqualTo(1);
            assertThat(letter.message())
                    .isEqualTo("feature 'amount' is missing for this event, and the pipeline says missing: dead_letter."
                            + " Send the fields that it is made of, or give it a number.");
        }
    }

    @Test
    void anInputThatIsNoFloatIsADeadLetterAndItsNeighboursAreScored() throws Exception {
        try (ScoreTask task = new ScoreTask(batching)) {
            pay(task, 0, 1);
            task.pay(1, 1e300);
            pay(task, 2, 2);
            assertThat(task.ids()).containsExactly("p0-0", "p0-2", "p0-3");
            DeadLetter letter = task.deadLetters().get(0);
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.MODEL_ERROR);
            assertThat(letter.field()).isEqualTo("amount");
            assertThat(letter.message())
                    .isEqualTo("input 'amount' is 1.0E300, which is no finite number after the normalizer.");
            assertThat(task.predictions()).allMatch(prediction -> Float.isFinite(prediction.score()));
        }
    }

    @Test
    void anOutputThatIsNotFiniteIsADeadLetter() throws Exception {
        try (ScoreTask task = new ScoreTask(overflowing)) {
            task.pay(0, 3.0);
            task.pay(1, 1e13);
            task.pay(2, 3.0);
            task.idle();
            assertThat(task.ids()).containsExactly("p0-0", "p0-2");
            DeadLetter letter = task.deadLetters().get(0);
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.MODEL_ERROR);
            assertThat(letter.field()).isNull();
            assertThat(letter.raw().position().offset()).isEqualTo(1);
            assertThat(letter.message()).isEqualTo("output 0 of model 'payment-risk' 1 is NaN, not a finite number.");
        }
    }

    @Test
    void whatOnlyEnteredStateIsNotScored() throws Exception {
        try (ScoreTask task = new ScoreTask(compiled)) {
            task.send(PaymentRecords.payment(0, 0, 1, "c", "s", 3.0), false);
            task.idle();
            assertThat(task.everything()).isEmpty();
            assertThat(task.deadLetters()).isEmpty();
        }
    }

    @Test
    void aPredictionNamesItsEventItsModelAndItsOrigin() throws Exception {
        try (ScoreTask task = new ScoreTask(compiled)) {
            task.send(PaymentRecords.payment(2, 17, 5, "c", null, 40.0), true);
            Prediction prediction = task.predictions().get(0);
            assertThat(prediction.predictionId()).isEqualTo("p2-17@payment-risk-1");
            assertThat(prediction.eventId()).isEqualTo("p2-17");
            assertThat(prediction.eventTimeMillis()).isEqualTo(PaymentRecords.at(5));
            assertThat(prediction.pipeline()).isEqualTo("payments");
            assertThat(prediction.model()).isEqualTo(compiled.model());
            assertThat(prediction.arm()).isEqualTo("champion");
            assertThat(prediction.featureDigest()).isEqualTo(compiled.featureDigest());
            assertThat(prediction.source().partition()).isEqualTo(2);
            assertThat(prediction.source().offset()).isEqualTo(17);
            assertThat(prediction.outputs()).containsExactly(prediction.score());
            assertThat(prediction.decision()).isEqualTo(prediction.score() >= 0.5f);
            assertThat(prediction.features()).containsExactly(40f, 20f, 20f, 20f, 2f, 20f, 20f);
            assertThat(prediction.carriedNames()).containsExactly("amount", "shop");
            assertThat(prediction.carried()).containsExactly(40.0, null);
            assertThat(prediction.ingestedAtMillis()).isEqualTo(PaymentRecords.READ_AT);
        }
    }

    private static void pay(ScoreTask task, int fromOffset, int count) throws Exception {
        for (int offset = fromOffset; offset < fromOffset + count; offset++) {
            task.pay(offset, 10.0 * (offset + 1));
        }
    }
}

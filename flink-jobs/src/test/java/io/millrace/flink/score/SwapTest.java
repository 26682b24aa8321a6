/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.control.MemoryControlLog;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.ModelEvent.Kind;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.record.ModelVersion;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A change of champions in one subtask: what waits, what goes on, and what a fence refuses. */
@Timeout(120)
class SwapTest {

    private static final int FENCE = 100;

    @TempDir
    static Path home;

    private static InferencePlan plan;
    private static ModelVersion second;

    private final MemoryControlLog.Topic control = MemoryControlLog.create();

    @BeforeAll
    static void publish() {
        PipelineDocument document = PaymentPipeline.install(home, PaymentPipeline.ARRIVAL, text -> text);
        List<String> inputs = FeatureContract.of(document).inputs();
        PaymentModel.dense(home.resolve("models"), inputs, null);
        second = PaymentModel.another(home.resolve("models"), "2", inputs);
        plan = InferencePlanner.plan(document);
    }

    @Test
    void eventsFromTheFenceOnWaitForTheDecisionAndGoByTheNewVersion() throws Exception {
        try (ScoreTask task = announced()) {
            task.pay(FENCE, 10.0);
            task.pay(FENCE - 1, 10.0);
            task.pay(FENCE + 1, 10.0);
            task.watermark(PaymentRecords.at(FENCE));
            assertThat(task.scored()).containsExactly("p0-0 by 1", "p0-99 by 1");
            assertThat(task.everything()).noneMatch(Watermark.class::isInstance);

            task.untilTold(Kind.ACTIVE);
            assertThat(task.scored()).containsExactly("p0-0 by 1", "p0-99 by 1", "p0-100 by 2", "p0-101 by 2");
            assertThat(task.everything().get(4)).isEqualTo(new Watermark(PaymentRecords.at(FENCE)));
            task.pay(FENCE - 2, 10.0);
            task.pay(FENCE + 2, 10.0);
            assertThat(task.scored()).endsWith("p0-98 by 1", "p0-102 by 2");
        }
    }

    @Test
    void whatWasHeldIsGivenBackAfterARestartAndScoredOnce() throws Exception {
        try (ScoreTask cutOff = announced()) {
            cutOff.pay(FENCE, 10.0);
            cutOff.pay(FENCE + 1, 10.0);
            OperatorSubtaskState state = cutOff.checkpoint(1);
            assertThat(cutOff.scored()).containsExactly("p0-0 by 1");
            try (ScoreTask restored = new ScoreTask(plan, control, state)) {
                restored.pay(FENCE + 2, 10.0);
                assertThat(restored.scored()).isEmpty();
                restored.untilTold(Kind.ACTIVE);
                assertThat(restored.scored()).containsExactly("p0-100 by 2", "p0-101 by 2", "p0-102 by 2");
                restored.pay(FENCE - 1, 10.0);
                assertThat(restored.scored()).endsWith("p0-99 by 1");
            }
        }
    }

    @Test
    void whatWasHeldForAChangeThatIsDecidedGoesBeforeNewerEventsThoughTheNextChangeIsPending() throws Exception {
        OperatorSubtaskState holding;
        try (ScoreTask cutOff = announced()) {
            OperatorSubtaskState before = cutOff.checkpoint(1);
            cutOff.pay(FENCE, 10.0);
            cutOff.pay(FENCE + 15, 10.0);
            holding = cutOff.checkpoint(2);
            decideAndAnnounceTheNext(before);
        }
        try (ScoreTask restored = new ScoreTask(plan, control, holding)) {
            restored.pay(FENCE + 1, 10.0);
            assertThat(restored.scored()).containsExactly("p0-100 by 2", "p0-101 by 2");
            restored.pay(FENCE + 16, 10.0);
            restored.untilTold(Kind.ACTIVE, "back");
            assertThat(restored.scored()).containsExactly("p0-100 by 2", "p0-101 by 2", "p0-115 by 1", "p0-116 by 1");
        }
    }

    private void decideAndAnnounceTheNext(OperatorSubtaskState state) throws Exception {
        try (ScoreTask meanwhile = new ScoreTask(plan, control, state)) {
            meanwhile.untilTold(Kind.ACTIVE);
            control.write(new ModelCommand("back", Action.ROLLBACK, null, PaymentRecords.at(FENCE + 10), 0));
            meanwhile.untilTold(Kind.ANNOUNCED, "back");
        }
    }

    @Test
    void aRestartAfterTheDecisionKeepsToItWhateverThePlanSays() throws Exception {
        OperatorSubtaskState state;
        try (ScoreTask task = announced()) {
            task.untilTold(Kind.ACTIVE);
            state = task.checkpoint(1);
        }
        assertThat(plan.model().version()).isEqualTo("1");
        try (ScoreTask restored = new ScoreTask(plan, control, state)) {
            restored.pay(FENCE - 1, 10.0);
            restored.pay(FENCE, 10.0);
            assertThat(restored.scored()).containsExactly("p0-99 by 1", "p0-100 by 2");
            assertThat(restored.told()).as("each position is told of once").isEmpty();
        }
    }

    @Test
    void aFenceInThePastIsRefusedAndNothingIsHalfSwitched() throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            task.pay(FENCE, 10.0);
            promote(FENCE);
            assertThat(task.untilTold(Kind.FENCE_REFUSED))
                    .isEqualTo(new ScoreTask.Told(
                            Kind.FENCE_REFUSED,
                            "swap",
                            "subtask 0 has scored an event of 2025-03-01T12:01:40Z, at or after the fence"
                                    + " 2025-03-01T12:01:40Z. Choose a later one, or none."));
            task.pay(FENCE + 1, 10.0);
            assertThat(task.scored()).containsExactly("p0-100 by 1", "p0-101 by 1");
        }
    }

    @Test
    void withoutAFenceTheJobPicksOneAheadOfWhatItHasScored() throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            task.pay(FENCE, 10.0);
            promote(null);
            task.untilTold(Kind.ACTIVE);
            task.pay(FENCE, 10.0);
            task.pay(FENCE + 1, 10.0);
            assertThat(task.scored()).containsExactly("p0-100 by 1", "p0-100 by 1", "p0-101 by 2");
        }
    }

    @Test
    void aRollbackIsAChangeLikeAnyOther() throws Exception {
        try (ScoreTask task = announced()) {
            task.untilTold(Kind.ACTIVE);
            control.write(new ModelCommand("back", Action.ROLLBACK, null, PaymentRecords.at(FENCE + 10), 0));
            task.untilTold(Kind.ACTIVE, "back");
            task.pay(FENCE + 10, 10.0);
            task.pay(FENCE + 9, 10.0);
            task.pay(FENCE - 1, 10.0);
            assertThat(task.scored()).containsExactly("p0-0 by 1", "p0-110 by 1", "p0-109 by 2", "p0-99 by 1");
        }
    }

    @Test
    void whoeverDoesNotVoteHoldsEventsNoLongerThanTheFenceMayTake() throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null, 2)) {
            promote(FENCE);
            task.untilTold(Kind.ANNOUNCED);
            task.pay(FENCE, 10.0);
            task.elapse(29_999);
            assertThat(task.scored()).isEmpty();
            task.elapse(1);
            assertThat(task.untilTold(Kind.FENCE_REFUSED))
                    .isEqualTo(new ScoreTask.Told(
                            Kind.FENCE_REFUSED,
                            "swap",
                            "events were held for 30000 ms and not every subtask has voted. Look at the job's health, or"
                                    + " raise model.fence_timeout."));
            assertThat(task.scored()).containsExactly("p0-100 by 1");
        }
    }

    /** A task that has scored an event at second 0, and holds events from the fence on. */
    private ScoreTask announced() throws Exception {
        ScoreTask task = new ScoreTask(plan, control, null);
        task.pay(0, 10.0);
        promote(FENCE);
        task.untilTold(Kind.ANNOUNCED);
        return task;
    }

    private void promote(@Nullable Integer fence) {
        control.write(
                new ModelCommand("swap", Action.PROMOTE, second, fence == null ? null : PaymentRecords.at(fence), 0));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.fixture.ScoredPayments;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.flink.type.ScoredSerializer;
import io.millrace.model.bundle.Task;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Scored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ExplainOperatorTest {

    private static final float HIGH = 0.9f;
    private static final float LOW = 0.1f;

    @TempDir
    Path directory;

    @Test
    void thoseThatAreAskedForSayWhyAndAllKeepTheOrderOfTheirKey() throws Exception {
        InferencePlan plan = plan("integrated_gradients", "60s");
        Random random = new Random(4);
        List<Scored> all = new ArrayList<>();
        try (OneInputStreamOperatorTestHarness<Scored, Scored> task = task(plan)) {
            for (int i = 0; i < 300; i++) {
                Scored scored = scored(plan, i, "s" + random.nextInt(5), random.nextInt(3) == 0 ? HIGH : LOW, random);
                all.add(scored);
                task.processElement(scored, 0);
            }
            task.prepareSnapshotPreBarrier(1);
            List<Scored> left = task.extractOutputValues();
            assertThat(left).hasSize(all.size());
            for (int shop = 0; shop < 5; shop++) {
                assertThat(ids(left, "s" + shop)).isEqualTo(ids(all, "s" + shop));
            }
            for (Scored scored : left) {
                Explanation explanation = scored.prediction().explanation();
                assertThat(explanation != null).isEqualTo(scored.prediction().score() == HIGH);
                if (explanation != null) {
                    assertThat(explanation.skipped()).isNull();
                    assertThat(explanation.features())
                            .hasSize(2)
                            .isSubsetOf(plan.spec().inputs());
                    assertThat(explanation.completenessError()).isLessThan(0.01);
                    assertThat(explanation.values()[0])
                            .isEqualTo(value(plan, scored, explanation.features()[0]));
                }
            }
        }
    }

    @Test
    void oneThatWaitsHoldsUpItsOwnKeyOnly() throws Exception {
        InferencePlan plan = plan("occlusion", "60s");
        Random random = new Random(5);
        try (OneInputStreamOperatorTestHarness<Scored, Scored> task = task(plan)) {
            task.processElement(scored(plan, 0, "a", HIGH, random), 0);
            task.processElement(scored(plan, 1, "a", LOW, random), 0);
            task.processElement(scored(plan, 2, "b", LOW, random), 0);
            task.processElement(scored(plan, 3, null, LOW, random), 0);
            assertThat(offsets(task)).as("its mail is not read yet").containsExactly(2L, 3L);
            task.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
            assertThat(offsets(task)).containsExactly(2L, 3L, 0L, 1L);
        }
    }

    @Test
    void thoseWhoseTimeIsOverGoWithout() throws Exception {
        InferencePlan plan = plan("kernel_shap", "1ms");
        Random random = new Random(6);
        try (OneInputStreamOperatorTestHarness<Scored, Scored> task = task(plan)) {
            for (int i = 0; i < 500; i++) {
                task.processElement(scored(plan, i, "s", HIGH, random), 0);
            }
            while (task.extractOutputValues().size() < 500) {
                task.setProcessingTime(task.getProcessingTime() + 1);
            }
            List<Explanation> told = task.extractOutputValues().stream()
                    .map(scored -> Objects.requireNonNull(scored.prediction().explanation()))
                    .toList();
            assertThat(told.stream().filter(each -> each.skipped() != null))
                    .as("one thread does not explain 500 in a millisecond")
                    .isNotEmpty()
                    .allMatch(each -> Explanation.BUDGET.equals(each.skipped()) && each.features().length == 0);
        }
    }

    @Test
    void theEndOfTheInputWaitsForAll() throws Exception {
        InferencePlan plan = plan("counterfactual", "60s");
        Random random = new Random(7);
        try (OneInputStreamOperatorTestHarness<Scored, Scored> task = task(plan)) {
            for (int i = 0; i < 20; i++) {
                task.processElement(scored(plan, i, "s", HIGH, random), 0);
            }
            task.getOperator().finish();
            assertThat(task.extractOutputValues()).hasSize(20);
            assertThat(task.extractOutputValues())
                    .allMatch(
                            scored -> Objects.requireNonNull(scored.prediction().explanation())
                                            .skipped()
                                    == null);
        }
    }

    @Test
    void aVersionThatIsGoneIsSaidWithEachPrediction() throws Exception {
        InferencePlan plan = plan("occlusion", "60s");
        try (OneInputStreamOperatorTestHarness<Scored, Scored> task = task(plan)) {
            Scored scored = scored(plan, 0, "s", HIGH, new Random(8));
            InferencePlan other = new InferencePlan(
                    plan.spec(),
                    plan.schemas(),
                    plan.layouts(),
                    plan.scored(),
                    plan.store(),
                    new ModelVersion(PaymentModel.NAME, "9", "0123"),
                    plan.others(),
                    plan.featureDigest(),
                    plan.limits());
            Event event = scored.vector().event();
            task.processElement(ScoredPayments.of(other, event, scored.vector().values(), HIGH, 0), 0);
            task.prepareSnapshotPreBarrier(1);
            assertThat(Objects.requireNonNull(task.extractOutputValues()
                                    .get(0)
                                    .prediction()
                                    .explanation())
                            .skipped())
                    .contains("there is no such directory");
        }
    }

    @Test
    void whatCannotBeExplainedIsRefusedWithThePlan() {
        PipelineDocument document = PaymentPipeline.install(
                directory,
                PaymentPipeline.EVENT_TIME,
                text -> text + "explain: { method: occlusion, when: \"scor > 1\" }\n");
        PaymentModel.answering(
                directory.resolve("models"), FeatureContract.of(document).inputs(), Task.REGRESSION, 1, List.of());
        assertThatThrownBy(() -> InferencePlanner.plan(document))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("explain.when: in 'scor > 1' at");
        PipelineDocument several = PaymentPipeline.install(
                directory, PaymentPipeline.EVENT_TIME, text -> text + "explain: { method: counterfactual }\n");
        assertThatThrownBy(() -> InferencePlanner.plan(several))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("explain.method: model 'payment-risk' 1: a counterfactual asks");
    }

    private InferencePlan plan(String method, String budget) {
        String explain = "explain: { method: " + method + ", when: score >= 0.8, top: 2, budget: " + budget + " }\n";
        PipelineDocument document =
                PaymentPipeline.install(directory, PaymentPipeline.EVENT_TIME, text -> text + explain);
        FeatureContract contract = FeatureContract.of(document);
        PaymentModel.dense(directory.resolve("models"), contract.inputs(), contract.digest());
        assertThat(new LocalModelStore(directory.resolve("models")).names()).containsExactly(PaymentModel.NAME);
        return InferencePlanner.plan(document);
    }

    private static OneInputStreamOperatorTestHarness<Scored, Scored> task(InferencePlan plan) throws Exception {
        OneInputStreamOperatorTestHarness<Scored, Scored> task =
                new OneInputStreamOperatorTestHarness<>(new ExplainOperatorFactory(plan), 1, 1, 0);
        task.setup(ScoredSerializer.INSTANCE);
        task.open();
        return task;
    }

    private static Scored scored(InferencePlan plan, long offset, @Nullable String shop, float score, Random random) {
        Event event = PaymentRecords.event(
                plan, PaymentPipeline.PAYMENTS, PaymentRecords.payment(0, offset, offset, "c", shop, 5.0));
        double[] values = plan.unknownValues();
        Arrays.setAll(values, i -> 60 * random.nextDouble());
        return ScoredPayments.of(plan, event, values, score, 0);
    }

    private static double value(InferencePlan plan, Scored scored, String feature) {
        return scored.vector().values()[plan.inputSlots()[plan.spec().inputs().indexOf(feature)]];
    }

    private static List<Long> offsets(OneInputStreamOperatorTestHarness<Scored, Scored> task) {
        return task.extractOutputValues().stream()
                .map(Scored::prediction)
                .map(prediction -> prediction.source().offset())
                .toList();
    }

    private static List<String> ids(List<Scored> scored, String shop) {
        return scored.stream()
                .filter(each -> Arrays.asList(each.vector().event().texts()).contains(shop))
                .map(Scored::prediction)
                .map(Prediction::eventId)
                .toList();
    }
}

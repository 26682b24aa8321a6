/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.bundle.Task;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.record.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prediction says, by the task of the model that made it. */
class TaskTest {

    @TempDir
    Path home;

    @Test
    void manyClassesHaveALabelAndNoScore() throws Exception {
        Prediction prediction = scored(plan(Task.MULTICLASS, 3, List.of("low", "middle", "high"), text -> text));
        assertThat(prediction.outputs()).hasSize(3);
        assertThat(prediction.score()).isNaN();
        assertThat(prediction.decision()).isNull();
        assertThat(prediction.label())
                .isEqualTo(List.of("low", "middle", "high").get(greatest(prediction.outputs())));
        assertThat(prediction.top().size()).isZero();
    }

    @Test
    void aRegressionOfOneNumberScoresIt() throws Exception {
        Prediction prediction = scored(plan(Task.REGRESSION, 1, List.of(), text -> text));
        assertThat(prediction.score()).isEqualTo(prediction.outputs()[0]);
        assertThat(prediction.label()).isNull();
    }

    @Test
    void aRegressionOfSeveralNumbersHasNoScore() throws Exception {
        Prediction prediction = scored(plan(Task.REGRESSION, 4, List.of("a", "b", "c", "d"), text -> text));
        assertThat(prediction.outputs()).hasSize(4);
        assertThat(prediction.score()).isNaN();
        assertThat(prediction.label()).isNull();
    }

    @Test
    void aRankingHasTheTopItemsBestFirst() throws Exception {
        List<String> items = IntStream.range(0, 12).mapToObj(i -> "item" + i).toList();
        Prediction ten = scored(plan(Task.RANKING, 12, items, text -> text));
        assertThat(ten.top().size()).isEqualTo(10);
        assertThat(ten.score()).isNaN();
        assertThat(ten.top().items()[0])
                .isEqualTo(items.get(greatest(ten.outputs())))
                .isEqualTo(ten.label());
        for (int i = 1; i < 10; i++) {
            assertThat(ten.top().scores()[i]).isLessThanOrEqualTo(ten.top().scores()[i - 1]);
        }
    }

    @Test
    void aPipelineSaysHowManyItemsItWants() throws Exception {
        Prediction two = scored(plan(Task.RANKING, 3, List.of("a", "b", "c"), adding("top: 2")));
        assertThat(two.top().size()).isEqualTo(2);
    }

    @Test
    void aRankingThatIsNoneIsAProblem() {
        assertThat(problems(Task.MULTICLASS, adding("top: 2")))
                .isEqualTo(
                        "payments.yaml:28:55 model.top: model 'payment-risk' 1 is a multiclass model, which ranks nothing."
                                + " Remove the key, or use a ranking model.");
    }

    @Test
    void aDecisionWithoutAScoreIsAProblem() {
        assertThat(problems(Task.MULTICLASS, adding("decide: { positive_when: score > 0.5 }")))
                .isEqualTo(
                        "payments.yaml:28:50 model.decide: model 'payment-risk' 1 is a multiclass model with 3 outputs and"
                                + " no single score to decide on. Remove the key, or use a model with one.");
    }

    private String problems(Task task, UnaryOperator<String> change) {
        return String.valueOf(catchThrowableOfType(
                                PipelineException.class, () -> plan(task, 3, List.of("a", "b", "c"), change))
                        .getMessage())
                .replace(home + "/", "");
    }

    private static UnaryOperator<String> adding(String key) {
        return text -> text.replace("wait: 0s,", key + ", wait: 0s,");
    }

    private InferencePlan plan(Task task, int outputs, List<String> labels, UnaryOperator<String> change)
            throws Exception {
        PipelineDocument document = PaymentPipeline.install(home, PaymentPipeline.ARRIVAL, change);
        PaymentModel.answering(
                home.resolve("models"), FeatureContract.of(document).inputs(), task, outputs, labels);
        return InferencePlanner.plan(document);
    }

    private static Prediction scored(InferencePlan plan) throws Exception {
        try (ScoreTask task = new ScoreTask(plan)) {
            task.pay(1, 12.0);
            task.idle();
            return task.predictions().get(0);
        }
    }

    private static int greatest(float[] outputs) {
        return IntStream.range(0, outputs.length)
                .reduce((best, i) -> outputs[i] > outputs[best] ? i : best)
                .orElseThrow();
    }
}

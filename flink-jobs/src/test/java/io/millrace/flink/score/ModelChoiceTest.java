/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flink.control.MemoryControlLog;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.ModelEvent.Kind;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several models, chosen by the shop of a payment: who scores what, what a change holds, and what stays loaded. */
@Timeout(120)
class ModelChoiceTest {

    private static final int FENCE = 100;

    @TempDir
    Path home;

    private LocalModelStore store;
    private PipelineDocument document;
    private List<String> inputs;

    private final MemoryControlLog.Topic control = MemoryControlLog.create();

    @BeforeEach
    void publish() {
        document = PaymentPipeline.install(
                home,
                PaymentPipeline.ARRIVAL,
                text -> text.replace("wait: 0s,", "wait: 0s, by: { field: shop, max_loaded: 2 },"));
        inputs = FeatureContract.of(document).inputs();
        store = new LocalModelStore(home.resolve("models"));
        PaymentModel.dense(home.resolve("models"), inputs, null);
        champion("north", "7");
        champion("south", "8");
    }

    @Test
    void aValueIsScoredByItsModelAndAllElseByTheOwn() throws Exception {
        InferencePlan plan = InferencePlanner.plan(document);
        assertThat(plan.others())
                .extracting(version -> version.name() + " " + version.version())
                .containsExactly("payment-risk.north 7", "payment-risk.south 8");
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            pay(task, 0, "north", "south", "east", null, "north");
            assertThat(models(task))
                    .containsExactly(
                            "payment-risk.north 7",
                            "payment-risk.south 8",
                            "payment-risk 1",
                            "payment-risk 1",
                            "payment-risk.north 7");
        }
    }

    @Test
    void theLongestUnusedIsClosedAndLoadedAgainAndScoresStayTheSame() throws Exception {
        InferencePlan plan = InferencePlanner.plan(document);
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            for (int round = 0; round < 20; round++) {
                pay(task, 3 * round, "north", "south", "east");
            }
            assertThat(task.predictions()).hasSize(60);
            for (int i = 3; i < 60; i++) {
                assertThat(task.predictions().get(i).score())
                        .isEqualTo(task.predictions().get(i - 3).score());
            }
            assertThat(task.predictions().subList(0, 3).stream()
                            .map(prediction -> prediction.score())
                            .distinct())
                    .hasSize(3);
        }
    }

    @Test
    void aChangeOfOneModelHoldsTheEventsOfNoOther() throws Exception {
        InferencePlan plan = InferencePlanner.plan(document);
        ModelVersion next = publish("north", "9");
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            control.write(new ModelCommand("swap", Action.PROMOTE, next, PaymentRecords.at(FENCE), 0));
            task.untilTold(Kind.ANNOUNCED);
            pay(task, FENCE, "north", "south", null);
            assertThat(models(task)).containsExactly("payment-risk.south 8", "payment-risk 1");
            task.untilTold(Kind.ACTIVE);
            assertThat(models(task)).containsExactly("payment-risk.south 8", "payment-risk 1", "payment-risk.north 9");
            pay(task, FENCE - 1, "north");
            assertThat(models(task)).endsWith("payment-risk.north 7");
        }
    }

    @Test
    void aModelThatComesLaterScoresFromItsFenceOnAlsoAfterARestart() throws Exception {
        InferencePlan plan = InferencePlanner.plan(document);
        ModelVersion newcomer = publish("east", "1");
        OperatorSubtaskState state;
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            pay(task, 0, "east");
            control.write(new ModelCommand("new", Action.PROMOTE, newcomer, PaymentRecords.at(FENCE), 0));
            task.untilTold(Kind.ACTIVE, "new");
            pay(task, FENCE - 1, "east", "east");
            assertThat(models(task)).containsExactly("payment-risk 1", "payment-risk 1", "payment-risk.east 1");
            state = task.checkpoint(1);
        }
        store.alias("payment-risk.north", "champion", "7");
        try (ScoreTask restored = new ScoreTask(InferencePlanner.plan(document), control, state)) {
            pay(restored, FENCE - 1, "east", "east", "north");
            assertThat(models(restored))
                    .containsExactly("payment-risk 1", "payment-risk.east 1", "payment-risk.north 7");
        }
    }

    @Test
    void aModelThatDoesNotScoreYetCanOnlyBePromoted() throws Exception {
        ModelVersion newcomer = publish("east", "1");
        assertRefused(
                new ModelCommand("shadow", Action.SHADOW, newcomer, null, 0),
                "model 'payment-risk.east' does not score yet. Promote a version of it first.");
        assertRefused(
                new ModelCommand("back", Action.ROLLBACK, null, null, 0, "payment-risk.north"),
                "there was no other champion to roll back to. Promote the version that you want.");
        assertRefused(
                new ModelCommand("foreign", Action.PROMOTE, newcomer, null, 0, "payment-risk.north"),
                "the pipeline scores model 'payment-risk', and 'payment-risk.<value>' for values that have a model, the"
                        + " command is about 'payment-risk.east' in the place of 'payment-risk.north'. Name a version of"
                        + " 'payment-risk' or of a value's model.");
    }

    @Test
    void aModelThatDoesNotFitOrIsGoneIsAProblemOfThePlan() throws IOException {
        new LocalModelStore(home.resolve("models"))
                .publish(PaymentModel.draft("payment-risk.west", "1", inputs.subList(0, 3)));
        store.alias("payment-risk.west", "champion", "1");
        deleteVersion("payment-risk.south", "8");
        assertThatThrownBy(() -> InferencePlanner.plan(document))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("payment-risk.south")
                .hasMessageContaining("bundle 'payment-risk.west' 1 wants 3 inputs, the pipeline gives 7");
    }

    private void deleteVersion(String name, String version) throws IOException {
        Path directory = home.resolve("models").resolve(name).resolve(version);
        Files.move(directory, home.resolve("gone"));
    }

    private void assertRefused(ModelCommand command, String reason) throws Exception {
        MemoryControlLog.Topic topic = MemoryControlLog.create();
        try (ScoreTask task = new ScoreTask(InferencePlanner.plan(document), topic, null)) {
            topic.write(command);
            assertThat(task.untilTold(Kind.NOT_POSSIBLE).reason()).isEqualTo(reason);
        }
    }

    private ModelVersion publish(String value, String version) {
        return store.publish(PaymentModel.draft("payment-risk." + value, version, inputs));
    }

    private void champion(String value, String version) {
        publish(value, version);
        store.alias("payment-risk." + value, "champion", version);
    }

    /** Payments of one second each, in these shops. */
    private static void pay(ScoreTask task, int second, @Nullable String... shops) throws Exception {
        for (int i = 0; i < shops.length; i++) {
            int at = second + i;
            task.send(PaymentRecords.payment(0, at, at, "c", shops[i], 10.0), true);
        }
    }

    private static List<String> models(ScoreTask task) {
        return task.predictions().stream()
                .map(prediction ->
                        prediction.model().name() + " " + prediction.model().version())
                .toList();
    }
}

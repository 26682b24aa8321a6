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
import io.millrace.schema.control.ControlRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control topic holds what anybody wrote: what makes no sense is told of and changes nothing. */
@Timeout(120)
class ControlAbuseTest {

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
    void whatIsNoRecordOfThisPipelineIsToldOfAndChangesNothing() throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            control.write(new byte[10 << 20]);
            control.write(
                    "{\"action\": \"promote\", \"uri\": \"http://169.254.169.254/\"}".getBytes(StandardCharsets.UTF_8));
            byte[] other = new ControlRecords("another").encode(promotion("other", second));
            control.write(other);
            byte[] unknown = new ControlRecords("payments").encode(promotion("cut", second));
            control.write(Arrays.copyOf(unknown, unknown.length - 1));
            control.write(Arrays.copyOf(unknown, unknown.length + 8));
            task.until(() -> task.told().size() == 5);
            String cure = ". Write commands with 'millrace model'.";
            String noRecord = "it is no record of contract io.millrace.ModelCommand in single-object encoding" + cure;
            assertThat(task.told())
                    .containsExactly(
                            told("record 1: the value has 10485760 bytes" + cure),
                            told("record 2: " + noRecord),
                            told("record 3: it is about another pipeline" + cure),
                            told("record 4: " + noRecord),
                            told("record 5: " + noRecord));
            assertServes(task);
        }
    }

    @Test
    void anotherModelIsNotThisPipelines() throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            control.write(promotion("swap", new ModelVersion("../../x", "2", second.digest())));
            assertThat(task.untilTold(Kind.NOT_POSSIBLE).reason())
                    .isEqualTo(
                            "the pipeline scores model 'payment-risk', the command is about '../../x'. Name a version of"
                                    + " 'payment-risk'.");
            assertServes(task);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../outside/payment-risk/2",
                "..",
                "file:///etc/passwd",
                "http://169.254.169.254/latest",
                "2/../2",
                "C:\\models",
                ""
            })
    void aVersionThatIsAPathNeverReachesTheStore(String version) throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            control.write(promotion("swap", new ModelVersion("payment-risk", version, second.digest())));
            assertThat(task.untilTold(Kind.REJECTED).reason())
                    .isEqualTo(
                            "version '" + version + "' is no name for a store: up to 64 letters, digits, '.', '-' and"
                                    + " '_', starting with a letter or digit, without '..'. Choose another name.");
            assertServes(task);
        }
    }

    @Test
    void aCommandThatCameTwiceIsCarriedOutOnce() throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            control.write(promotion("swap", second));
            control.write(promotion("swap", second));
            control.write(new ModelCommand("back", Action.ROLLBACK, null, PaymentRecords.at(20), 0));
            task.until(() -> task.told().stream()
                            .filter(told -> told.kind() == Kind.ACTIVE)
                            .count()
                    == 2);
            assertThat(task.told().stream().map(told -> told.kind() + " " + told.command()))
                    .containsExactly("ANNOUNCED swap", "ACTIVE swap", "ANNOUNCED back", "ACTIVE back");
            task.pay(10, 10.0);
            task.pay(20, 10.0);
            assertThat(task.scored()).containsExactly("p0-10 by 2", "p0-20 by 1");
        }
    }

    private static ModelCommand promotion(String id, ModelVersion version) {
        return new ModelCommand(id, Action.PROMOTE, version, PaymentRecords.at(10), 0);
    }

    private static ScoreTask.Told told(String reason) {
        return new ScoreTask.Told(Kind.NOT_UNDERSTOOD, null, reason);
    }

    private static void assertServes(ScoreTask task) throws Exception {
        task.pay(10, 10.0);
        assertThat(task.scored()).containsExactly("p0-10 by 1");
    }
}

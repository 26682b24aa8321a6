/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flink.control.MemoryControlLog;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.ModelException;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.ModelEvent.Kind;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.schema.OutputRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A restart finds that its bundle is gone or another: it fails with the reason, and never scores by another version. */
@Timeout(120)
class RestoredModelTest {

    @TempDir
    Path home;

    private InferencePlan plan;
    private ModelVersion second;

    private final MemoryControlLog.Topic control = MemoryControlLog.create();

    @BeforeEach
    void publish() {
        PipelineDocument document = PaymentPipeline.install(home, PaymentPipeline.ARRIVAL, text -> text);
        List<String> inputs = FeatureContract.of(document).inputs();
        PaymentModel.dense(home.resolve("models"), inputs, null);
        second = PaymentModel.another(home.resolve("models"), "2", inputs);
        plan = InferencePlanner.plan(document);
    }

    @Test
    void aBundleThatIsGoneFailsTheRestartUntilItIsBack() throws Exception {
        OperatorSubtaskState state = switched();
        new LocalModelStore(home.resolve("models")).alias(PaymentModel.NAME, "champion", "1");
        Files.move(bundle(), home.resolve("elsewhere"));
        assertThat(refusal(state, ModelException.Code.NOT_FOUND))
                .isEqualTo("bundle models/payment-risk/2: there is no such directory or zip. Check the model's name and"
                        + " version.");
        assertReported("bundle models/payment-risk/2: there is no such directory or zip. Check the model's name and"
                + " version.");
        Files.move(home.resolve("elsewhere"), bundle());
        try (ScoreTask restored = new ScoreTask(plan, control, state)) {
            restored.pay(100, 10.0);
            assertThat(restored.scored()).containsExactly("p0-100 by 2");
        }
    }

    @Test
    void aBundleThatBecameAnotherFailsTheRestart() throws Exception {
        OperatorSubtaskState state = switched();
        Files.move(bundle(), home.resolve("elsewhere"));
        ModelVersion other = PaymentModel.another(
                home.resolve("models"), "2", plan.spec().inputs().subList(0, 6));
        assertThat(refusal(state, ModelException.Code.DIGEST))
                .isEqualTo("bundle models/payment-risk/2: is 'payment-risk' 2 sha256 " + other.digest()
                        + ", expected 'payment-risk' 2 sha256 " + second.digest()
                        + ". A version never changes: restore it, or publish the new one under its own version.");
        assertReported("bundle models/payment-risk/2: is 'payment-risk' 2 sha256 " + other.digest()
                + ", expected 'payment-risk' 2 sha256 " + second.digest()
                + ". A version never changes: restore it, or publish the new one under its own version.");
    }

    /** A job in which version 2 scores from second 100 on. */
    private OperatorSubtaskState switched() throws Exception {
        try (ScoreTask task = new ScoreTask(plan, control, null)) {
            control.write(new ModelCommand("swap", Action.PROMOTE, second, PaymentRecords.at(100), 0));
            task.untilTold(Kind.ACTIVE);
            task.pay(100, 10.0);
            return task.checkpoint(1);
        }
    }

    private String refusal(OperatorSubtaskState state, ModelException.Code code) {
        ModelException refused =
                catchThrowableOfType(ModelException.class, () -> new ScoreTask(plan, control, state).close());
        assertThat(refused.code()).isEqualTo(code);
        return String.valueOf(refused.getMessage()).replace(home + "/", "");
    }

    /** Whoever reads the topic of model events learns of it, though nothing can be committed. */
    private void assertReported(String reason) {
        assertThat(control.reports()).extracting(OutputRecord::topic).containsExactly("payments.models");
        assertThat(ScoreTask.told(control.reports()))
                .extracting(told -> told.kind() + " " + told.reason().replace(home + "/", ""))
                .containsExactly("UNAVAILABLE subtask 0: " + reason);
    }

    private Path bundle() {
        return home.resolve("models/payment-risk/2");
    }
}

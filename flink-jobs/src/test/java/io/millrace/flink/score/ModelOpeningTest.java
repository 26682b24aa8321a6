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
import io.millrace.model.ModelException;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.file.PipelineDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start whose model is gone or another than planned fails with the reason. */
class ModelOpeningTest {

    @TempDir
    Path directory;

    private final List<ModelException.Code> told = new ArrayList<>();
    private InferencePlan plan;

    @BeforeEach
    void publish() {
        PipelineDocument document = PaymentPipeline.install(directory, PaymentPipeline.ARRIVAL, text -> text);
        PaymentModel.dense(store(), FeatureContract.of(document).inputs(), null);
        plan = InferencePlanner.plan(document);
    }

    @Test
    void theVersionThatWasPlannedIsOpened() throws Exception {
        try (var opened = open()) {
            assertThat(opened.bundle().version()).isEqualTo(plan.model());
            assertThat(opened.engine()).isEqualTo("compiled plan");
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aModelThatIsGoneWhenTheWaitIsOverFailsTheStart() throws Exception {
        Files.move(store(), directory.resolve("elsewhere"));
        ModelException refused = catchThrowableOfType(ModelException.class, () -> open());
        assertThat(refused.code()).isEqualTo(ModelException.Code.NOT_FOUND);
        assertThat(refused.getMessage().replace(directory + "/", ""))
                .isEqualTo("bundle models/payment-risk/1: there is no such directory or zip. Check the model's name and"
                        + " version.");
        assertThat(told).as("however often it was tried").containsExactly(refused.code());
    }

    @Test
    void aModelThatWasExchangedUnderItsVersionFailsTheStart() throws Exception {
        Files.move(store(), directory.resolve("elsewhere"));
        PaymentModel.normalized(store(), plan.spec().inputs());
        ModelException refused = catchThrowableOfType(ModelException.class, () -> open());
        assertThat(refused.code()).isEqualTo(ModelException.Code.DIGEST);
        assertThat(told).containsExactly(refused.code());
    }

    private ScoringProgram open() throws InterruptedException {
        return new ModelOpening(plan, (version, reason) -> told.add(reason.code())).open(plan.model());
    }

    private Path store() {
        return directory.resolve("models");
    }
}

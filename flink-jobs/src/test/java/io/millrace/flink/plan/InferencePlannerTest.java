/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.record.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the planner says of a pipeline that cannot run: where it stands, what is wrong, what cures it. */
class InferencePlannerTest {

    private static final UnaryOperator<String> AS_IT_IS = text -> text;
    private static final int DIGEST_SHOWN = 12;

    @TempDir
    Path directory;

    @Test
    void aPipelineThatFitsItsModelIsPinnedToTheVersion() {
        FeatureContract contract = FeatureContract.of(document(AS_IT_IS));
        ModelVersion version = PaymentModel.dense(store(), contract.inputs(), contract.digest());
        InferencePlan plan = InferencePlanner.plan(document(AS_IT_IS));

        assertThat(plan.model()).isEqualTo(version);
        assertThat(plan.featureDigest()).isEqualTo(contract.digest());
        assertThat(plan.store().uri()).isEqualTo("file:" + store());
        assertThat(plan.scored()).isEqualTo(PaymentPipeline.PAYMENTS);
        assertThat(plan.inputSlots()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(plan.layouts()).isEqualTo(contract.layouts());
    }

    @Test
    void anUnknownFieldIsNamedWithTheOneThatWasMeant() {
        publish(AS_IT_IS);
        assertThat(refusals(replacing("value: amount,", "value: amuont,")))
                .containsExactly(
                        "payments.yaml:20:28 features.amount.value: in 'amuont' at 1:1: nothing is called 'amuont' here."
                                + " Did you mean 'amount'?");
    }

    @Test
    void anUnknownCarriedFieldIsNamedWithTheOneThatWasMeant() {
        publish(AS_IT_IS);
        assertThat(refusals(replacing("carry: [amount, shop]", "carry: [amount, shpo]")))
                .containsExactly(
                        "payments.yaml:30:30 outputs.carry: stream 'payments' has no field 'shpo'. Did you mean 'shop'?");
    }

    @Test
    void aSchemaThatIsNotThereIsOne() throws Exception {
        publish(AS_IT_IS);
        PipelineDocument document = document(AS_IT_IS);
        Files.delete(directory.resolve("report.avsc"));
        assertThat(refusals(document))
                .containsExactly(
                        "payments.yaml:13:13 streams.reports.schema: no readable file 'report.avsc'. Put the Avro schema"
                                + " there, or correct the name.");
    }

    @Test
    void aStoreWithoutTheModelSaysHowToGetOne() {
        assertThat(refusals(AS_IT_IS))
                .containsExactly(
                        "payments.yaml:28:1 model.use: model 'payment-risk' has no version or alias 'champion' in the"
                                + " store models. Train or import it, or set the alias.");
    }

    @Test
    void anAliasThatIsNotThereIsNamedWithTheOneThatWasMeant() {
        publish(AS_IT_IS);
        assertThat(refusals(replacing("name: payment-risk,", "name: payment-risk, use: champoin,")))
                .containsExactly(
                        "payments.yaml:28:35 model.use: model 'payment-risk' has no version or alias 'champoin' in the"
                                + " store models. Did you mean 'champion'? Train or import it, or set the alias.");
    }

    @Test
    void aModelThatWantsOtherInputsNamesThem() {
        List<String> inputs =
                new ArrayList<>(FeatureContract.of(document(AS_IT_IS)).inputs());
        inputs.remove("shop_count");
        inputs.add("hour");
        inputs.add("weekday");
        PaymentModel.dense(store(), inputs, null);
        assertThat(refusals(AS_IT_IS))
                .containsExactly(
                        "payments.yaml:28:16 model.name: bundle 'payment-risk' 1 wants 8 inputs, the pipeline gives 7;"
                                + " lacking: hour, weekday; not wanted: shop_count. Change features or inputs, or train"
                                + " the model on this pipeline.");
    }

    @Test
    void aModelThatWantsItsInputsInAnotherOrderShowsTheOrder() {
        List<String> inputs =
                new ArrayList<>(FeatureContract.of(document(AS_IT_IS)).inputs());
        Collections.swap(inputs, 0, 1);
        PaymentModel.dense(store(), inputs, null);
        assertThat(refusals(AS_IT_IS))
                .containsExactly(
                        "payments.yaml:28:16 model.name: bundle 'payment-risk' 1 wants 7 inputs, the pipeline gives 7 in"
                                + " another order: [customer_count, amount, customer_mean, customer_last, amount_ratio,"
                                + " shop_count, shop_severity]. Change features or inputs, or train the model on this"
                                + " pipeline.");
    }

    @Test
    void aModelOfOtherDefinitionsOfTheSameFeaturesIsRefused() {
        FeatureContract made = FeatureContract.of(document(AS_IT_IS));
        PaymentModel.dense(store(), made.inputs(), made.digest());
        UnaryOperator<String> changed = replacing("by: customer, over: 5m", "by: customer, over: 6m");
        String digest = FeatureContract.of(document(changed)).digest();
        assertThat(refusals(changed))
                .containsExactly(
                        "payments.yaml:28:16 model.name: bundle 'payment-risk' 1 was made for other definitions of"
                                + " the same features (digest " + made.digest().substring(0, DIGEST_SHOWN)
                                + ", the pipeline's is " + digest.substring(0, DIGEST_SHOWN)
                                + "). Restore the definitions, or train the model on these.");
    }

    @Test
    void aDecisionThatIsNoTruthIsRefused() {
        publish(AS_IT_IS);
        assertThat(refusals(deciding("score + 1")))
                .containsExactly(
                        "payments.yaml:28:85 model.decide.positive_when: 'score + 1' is not true or false. Compare the"
                                + " score: score >= 0.5.");
    }

    @Test
    void aDecisionMayNameTheScoreOnly() {
        publish(AS_IT_IS);
        assertThat(refusals(deciding("scroe >= 0.5")))
                .containsExactly(
                        "payments.yaml:28:85 model.decide.positive_when: in 'scroe >= 0.5' at 1:1: nothing is called"
                                + " 'scroe' here. Did you mean 'score'?");
    }

    @Test
    void everyProblemIsSaidAtOnceInTheFilesOrder() {
        UnaryOperator<String> several = text -> deciding("score")
                .apply(text)
                .replace("value: amount,", "value: amuont,")
                .replace("carry: [amount, shop]", "carry: [amount, shpo]");
        assertThat(refusals(several))
                .containsExactly(
                        "payments.yaml:20:28 features.amount.value: in 'amuont' at 1:1: nothing is called 'amuont' here."
                                + " Did you mean 'amount'?",
                        "payments.yaml:28:1 model.use: model 'payment-risk' has no version or alias 'champion' in the"
                                + " store models. Train or import it, or set the alias.",
                        "payments.yaml:28:85 model.decide.positive_when: 'score' is not true or false. Compare the"
                                + " score: score >= 0.5.",
                        "payments.yaml:30:30 outputs.carry: stream 'payments' has no field 'shpo'. Did you mean 'shop'?");
    }

    @Test
    void aStreamToScoreThatIsNotThereIsAProblemLikeAnyOther() {
        publish(AS_IT_IS);
        assertThat(refusals(replacing("score: payments", "score: paymnts")))
                .containsExactly("payments.yaml:16:8 score: no stream is named 'paymnts'. Did you mean 'payments'?");
    }

    @Test
    void aStoreThatCannotBeReachedIsAProblemLikeAnyOther() {
        publish(AS_IT_IS);
        assertThat(refusals(replacing("file:models", "nosuch://bucket/models")))
                .containsExactly(
                        "payments.yaml:28:37 model.store: model store nosuch://bucket/models: Flink has no file system for"
                                + " 'nosuch:' that can be reached. Put its plugin into Flink's plugins directory, and its"
                                + " settings into Flink's configuration.");
    }

    private static UnaryOperator<String> replacing(String there, String instead) {
        return text -> {
            assertThat(text).contains(there);
            return text.replace(there, instead);
        };
    }

    private static UnaryOperator<String> deciding(String expression) {
        return replacing("wait: 0s,", "wait: 0s, decide: { positive_when: \"" + expression + "\" },");
    }

    private void publish(UnaryOperator<String> change) {
        PaymentModel.dense(store(), FeatureContract.of(document(change)).inputs(), null);
    }

    private PipelineDocument document(UnaryOperator<String> change) {
        return PaymentPipeline.install(directory, PaymentPipeline.EVENT_TIME, change);
    }

    private List<String> refusals(UnaryOperator<String> change) {
        return refusals(document(change));
    }

    /** What the planner says, the directory of the test left out. */
    private List<String> refusals(PipelineDocument document) {
        PipelineException refused =
                catchThrowableOfType(PipelineException.class, () -> InferencePlanner.plan(document));
        return refused.lines().stream()
                .map(line -> line.replace(directory + "/", ""))
                .toList();
    }

    private Path store() {
        return directory.resolve("models");
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.signature.ModelKeys;
import io.millrace.model.store.FileModelStore;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorePlanTest {

    private static final KeyPair OURS = ModelKeys.generate();
    private static final KeyPair THEIRS = ModelKeys.generate();
    private static final String REQUIRED = ", signature: { mode: require, keys: [\"file:keys/ours.pem\"] }";

    @TempDir
    Path home;

    private ModelVersion published;

    @BeforeEach
    void publish() throws IOException {
        Files.createDirectory(home.resolve("keys"));
        ModelKeys.write(OURS, home.resolve("keys/ours.key"), home.resolve("keys/ours.pem"));
        published =
                PaymentModel.dense(models(), FeatureContract.of(document("")).inputs(), null);
    }

    @Test
    void whereNothingIsAskedNothingIsLookedAt() throws Exception {
        Files.writeString(bundle().resolve("signature"), "no signature");
        assertThat(opened(InferencePlanner.plan(document("")))).isEqualTo(published);
        assertThat(opened(InferencePlanner.plan(
                        document(", signature: { mode: off, keys: [\"file:keys/no-such.pem\"] }"))))
                .isEqualTo(published);
    }

    @Test
    void aSignedBundleIsOpenedWhereverThePlanTravelsAndItsKeyFileDoesNot() throws Exception {
        sign(OURS);
        InferencePlan plan = InferencePlanner.plan(document(REQUIRED));
        InferencePlan travelled = InstantiationUtil.clone(plan);
        assertThat(travelled).isEqualTo(plan);
        Files.delete(home.resolve("keys/ours.pem"));
        assertThat(opened(travelled)).isEqualTo(published);

        Files.delete(bundle().resolve("signature"));
        assertRefused(
                travelled,
                Code.SIGNATURE_MISSING,
                "signature: is missing, so nobody vouches for this bundle (signature policy: require). Sign it with a"
                        + " trusted key.");
        sign(THEIRS);
        assertRefused(
                travelled,
                Code.SIGNATURE_KEY,
                "signature: is by the key " + shown(THEIRS) + ", which is not trusted here (trusted: " + shown(OURS)
                        + "). Sign the bundle with a trusted key, or trust that one.");
        sign(OURS);
        Path manifest = bundle().resolve("bundle.json");
        Files.writeString(manifest, Files.readString(manifest, StandardCharsets.UTF_8) + " ", StandardCharsets.UTF_8);
        assertRefused(
                travelled,
                Code.SIGNATURE_ALTERED,
                "signature: the key " + shown(OURS)
                        + " did not sign this bundle.json: it was altered afterwards, or the"
                        + " signature is another bundle's. Restore what was signed, or sign the bundle again.");
    }

    @Test
    void anUnsignedBundleIsAProblemOfThePipelineThatRequiresSignatures() {
        assertThat(problem(REQUIRED))
                .isEqualTo(
                        "payments.yaml:28:30 model.signature: bundle models/payment-risk/1: signature: is missing, so"
                                + " nobody vouches for this bundle (signature policy: require). Sign it with a trusted key.");
        assertThat(opened(InferencePlanner.plan(document(REQUIRED.replace("require", "warn")))))
                .isEqualTo(published);
    }

    @Test
    void aKeyThatCannotBeReadIsAProblemAtItsPlaceInTheList() throws Exception {
        sign(OURS);
        assertThat(problem(REQUIRED.replace("ours.pem", "ours.key")))
                .isEqualTo(
                        "payments.yaml:28:65 model.signature.keys[0]: key keys/ours.key: holds a private key, where a"
                                + " public one belongs; keep it to yourself. Give the public half of an Ed25519 key in X.509"
                                + " form, as openssl pkey -pubout makes it.");
        assertThat(problem(REQUIRED.replace("]", ", \"file:keys/theirs.pem\"]")))
                .isEqualTo(
                        "payments.yaml:28:87 model.signature.keys[1]: key keys/theirs.pem: there is no such file. Check"
                                + " the path.");
    }

    @Test
    void aStoreOnAFileSystemOfFlinkServesThePlanAndItsTasks() throws Exception {
        InferencePlan plan = InferencePlanner.plan(documentWithStore("vault:" + models()));
        assertThat(plan.store().uri()).isEqualTo("vault:" + models());
        FileModelStore store = plan.store().open();
        assertThat(store).isNotInstanceOf(LocalModelStore.class);
        assertThat(opened(InstantiationUtil.clone(plan))).isEqualTo(published);
        assertThat(store.aliases(PaymentModel.NAME)).containsEntry("champion", "1");
    }

    @Test
    void aDirectoryOfAnyNameIsAStore() {
        Path odd = home.resolve("my models & 100% für ü");
        ModelVersion version =
                PaymentModel.dense(odd, FeatureContract.of(document("")).inputs(), null);
        InferencePlan plan = InferencePlanner.plan(documentWithStore("file:" + odd.getFileName()));
        assertThat(opened(plan)).isEqualTo(version);
    }

    private void sign(KeyPair keys) {
        new LocalModelStore(models()).sign(PaymentModel.NAME, "1", keys.getPrivate());
    }

    private static ModelVersion opened(InferencePlan plan) {
        try (var program = plan.openModel(plan.model())) {
            return program.bundle().version();
        }
    }

    private void assertRefused(InferencePlan plan, Code code, String why) {
        assertThatThrownBy(() -> opened(plan))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage("bundle " + bundle() + ": " + why);
    }

    private String problem(String inTheModel) {
        return problem(document(inTheModel));
    }

    private String problem(PipelineDocument document) {
        PipelineException refused =
                catchThrowableOfType(PipelineException.class, () -> InferencePlanner.plan(document));
        return String.join("\n", refused.lines()).replace(home + "/", "");
    }

    private PipelineDocument documentWithStore(String store) {
        return PaymentPipeline.install(
                home, PaymentPipeline.ARRIVAL, text -> text.replace("file:models", '"' + store + '"'));
    }

    private PipelineDocument document(String inTheModel) {
        return PaymentPipeline.install(
                home,
                PaymentPipeline.ARRIVAL,
                text -> text.replace("name: payment-risk", "name: payment-risk" + inTheModel));
    }

    private static String shown(KeyPair keys) {
        return ModelKeys.id(keys.getPublic()).substring(0, 16);
    }

    private Path models() {
        return home.resolve("models");
    }

    private Path bundle() {
        return models().resolve(PaymentModel.NAME).resolve("1");
    }
}

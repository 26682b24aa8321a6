/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.control.MemoryControlLog;
import io.millrace.flink.fixture.ForgedBundle;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.signature.ModelKeys;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.ModelEvent.Kind;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bundle that must not score never does: the swap is refused with the reason, and the old version goes on. */
@Timeout(120)
class RefusedSwapTest {

    private static final int FENCE = 100;
    private static final KeyPair OURS = ModelKeys.generate();
    private static final KeyPair THEIRS = ModelKeys.generate();

    @TempDir
    Path home;

    private List<String> inputs;
    private InferencePlan plan;

    @BeforeEach
    void publish() {
        inputs = FeatureContract.of(PaymentPipeline.install(home, PaymentPipeline.ARRIVAL, text -> text))
                .inputs();
        PaymentModel.dense(models(), inputs, null);
        plan = InferencePlanner.plan(PaymentPipeline.install(home, PaymentPipeline.ARRIVAL, text -> text));
    }

    /** What is done to version 2 after it was published, and what its refusal says. */
    enum Fault {
        A_FLIPPED_BIT("bundle MODELS/payment-risk/2: coefficients.bin: has the sha256 SHA, which is not the one "
                + "in bundle.json. Copy the bundle again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                byte[] bytes = Files.readAllBytes(bundle.resolve(COEFFICIENTS));
                bytes[bytes.length / 2] ^= 4;
                Files.write(bundle.resolve(COEFFICIENTS), bytes);
                return published;
            }
        },
        CUT_SHORT("bundle MODELS/payment-risk/2: coefficients.bin: has 202 bytes, bundle.json says 405. Copy "
                + "the bundle again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                byte[] bytes = Files.readAllBytes(bundle.resolve(COEFFICIENTS));
                Files.write(bundle.resolve(COEFFICIENTS), Arrays.copyOf(bytes, bytes.length / 2));
                return published;
            }
        },
        AN_EMPTY_MANIFEST("bundle MODELS/payment-risk/2: bundle.json: expected a JSON object, found nothing. Write "
                + "the bundle again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                Files.write(bundle.resolve("bundle.json"), new byte[0]);
                return published;
            }
        },
        A_FILE_LACKS("bundle MODELS/payment-risk/2: configuration.json: is missing. Write the bundle again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                Files.delete(bundle.resolve("configuration.json"));
                return published;
            }
        },
        A_STRANGE_FILE("bundle MODELS/payment-risk/2: holds 'preprocessor.bin', which is no file of a bundle "
                + "(allowed: bundle.json, configuration.json, coefficients.bin, normalizer.json, golden.json,"
                + " card.md, vocabulary.json, calibration.json, reference.json, signature). Remove it and "
                + "write the bundle again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                Files.write(bundle.resolve("preprocessor.bin"), new byte[] {(byte) 0xac, (byte) 0xed, 0, 5});
                return published;
            }
        },
        NO_ZIP("bundle MODELS/payment-risk/2: is not a whole zip: it does not end with a zip's end record."
                + " It was cut short, is another kind of file, or has an archive comment; pack the bundle "
                + "again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                Files.move(bundle, bundle.resolveSibling("elsewhere"));
                Files.writeString(bundle, "no zip");
                return published;
            }
        },
        NOT_THERE("bundle MODELS/payment-risk/9: there is no such directory or zip. Check the model's name "
                + "and version.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                return new ModelVersion(published.name(), "9", published.digest());
            }
        },
        ANOTHER_DIGEST("bundle MODELS/payment-risk/2: is 'payment-risk' 2 sha256 SHA, expected 'payment-risk' 2 "
                + "sha256 SHA. A version never changes: restore it, or publish the new one under its own "
                + "version.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                return new ModelVersion(published.name(), "2", "0".repeat(64));
            }
        },
        OTHER_INPUTS("bundle 'payment-risk' 2 wants 6 inputs, the pipeline gives 7; not wanted: shop_severity. "
                + "Change features or inputs, or train the model on this pipeline.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                Files.move(bundle, bundle.resolveSibling("elsewhere"));
                return PaymentModel.another(models(bundle), "2", inputs.subList(0, 6));
            }
        },
        OTHER_FEATURES("bundle 'payment-risk' 2 was made for other definitions of the same features (digest "
                + "000000000000, the pipeline's is DIGEST). Restore the definitions, or train the model on "
                + "these.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                Files.move(bundle, bundle.resolveSibling("elsewhere"));
                return new LocalModelStore(models(bundle)).publish(PaymentModel.draft("2", inputs, "0".repeat(64)));
            }
        },
        OTHER_OUTPUTS("bundle MODELS/payment-risk/2: bundle.json: model 'payment-risk' has 3 outputs, which is no"
                + " binary task. Write the bundle again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                return ForgedBundle.manifest(bundle, "\"shape\" : [ 1 ]", "\"shape\" : [ 3 ]");
            }
        },
        AN_UNSUPPORTED_LAYER("bundle MODELS/payment-risk/2: configuration.json: confs.0.layer is of class "
                + "org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer, which is not supported. Build the "
                + "network from supported layers, activations, losses and initialisers.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                return ForgedBundle.text(
                        bundle, "configuration.json", "conf.layers.DenseLayer", "conf.layers.CenterLossOutputLayer");
            }
        },
        A_WEIGHT_THAT_IS_NO_NUMBER(
                "bundle MODELS/payment-risk/2: coefficients.bin: weight 72 is NaN. Train the model again: a"
                        + " network with such a weight answers nothing.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                return ForgedBundle.file(bundle, COEFFICIENTS, ForgedBundle.lastWeight(Float.NaN));
            }
        },
        AN_INFINITE_WEIGHT("bundle MODELS/payment-risk/2: coefficients.bin: weight 72 is Infinity. Train the model "
                + "again: a network with such a weight answers nothing.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                return ForgedBundle.file(bundle, COEFFICIENTS, ForgedBundle.lastWeight(Float.POSITIVE_INFINITY));
            }
        },
        A_WEIGHT_THAT_SATURATES_THE_OUTPUT(
                "model 'payment-risk' 2: golden.json: outputs.0.0: the network gives 1.0, expected SCORE. "
                        + "The weights, the normalizer or the order of the features differ from those that made the "
                        + "cases; write the bundle again.") {
            @Override
            ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException {
                return ForgedBundle.file(bundle, COEFFICIENTS, ForgedBundle.lastWeight(1e30f));
            }
        };

        private static final String COEFFICIENTS = "coefficients.bin";
        final String reason;

        Fault(String reason) {
            this.reason = reason;
        }

        private static Path models(Path bundle) {
            return bundle.getParent().getParent();
        }

        /** The version that a command then names. */
        abstract ModelVersion make(Path bundle, ModelVersion published, List<String> inputs) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aFaultyBundleIsRefused(Fault fault) throws Exception {
        ModelVersion published = PaymentModel.another(models(), "2", inputs);
        assertRefused(fault.make(bundle(), published, inputs), fault.reason);
    }

    @Test
    void whatNoTrustedKeySignedIsRefused() throws Exception {
        Files.createDirectories(home.resolve("keys"));
        ModelKeys.write(OURS, home.resolve("keys/ours.key"), home.resolve("keys/ours.pem"));
        LocalModelStore store = new LocalModelStore(models());
        store.sign(PaymentModel.NAME, "1", OURS.getPrivate());
        plan = InferencePlanner.plan(PaymentPipeline.install(
                home,
                PaymentPipeline.ARRIVAL,
                text -> text.replace(
                        "name: payment-risk",
                        "name: payment-risk, signature: { mode: require, keys: [\"file:keys/ours.pem\"] }")));
        ModelVersion second = PaymentModel.another(models(), "2", inputs);
        assertRefused(
                second,
                "bundle MODELS/payment-risk/2: signature: is missing, so nobody vouches for this bundle (signature policy: require)."
                        + " Sign it with a trusted key.");
        store.sign(PaymentModel.NAME, "2", THEIRS.getPrivate());
        assertRefused(
                second,
                "bundle MODELS/payment-risk/2: signature: is by the key " + shown(THEIRS)
                        + ", which is not trusted here (trusted: " + shown(OURS)
                        + "). Sign the bundle with a trusted key, or trust that one.");
        Files.copy(models().resolve("payment-risk/1/signature"), home.resolve("replayed"));
        Files.copy(home.resolve("replayed"), bundle().resolve("signature"), StandardCopyOption.REPLACE_EXISTING);
        assertRefused(
                second,
                "bundle MODELS/payment-risk/2: signature: the key " + shown(OURS)
                        + " did not sign this bundle.json: it was altered"
                        + " afterwards, or the signature is another bundle's. Restore what was signed, or sign the bundle"
                        + " again.");
        store.sign(PaymentModel.NAME, "2", OURS.getPrivate());
        try (ScoreTask task = swap(second, Kind.ACTIVE)) {
            task.pay(FENCE, 20.0);
            assertThat(task.scored()).containsExactly("p0-0 by 1", "p0-100 by 2");
        }
    }

    private void assertRefused(ModelVersion version, String reason) throws Exception {
        try (ScoreTask task = swap(version, Kind.REJECTED)) {
            ScoreTask.Told told = task.told().get(task.told().size() - 1);
            assertThat(told.command()).isEqualTo("swap");
            assertThat(normalized(told.reason())).isEqualTo(reason);
            task.pay(FENCE, 20.0);
            task.pay(FENCE + 1, 30.0);
            assertThat(task.scored()).containsExactly("p0-0 by 1", "p0-100 by 1", "p0-101 by 1");
        }
    }

    /** What does not depend on where this runs and on weights. */
    private String normalized(String reason) {
        return reason.replace(models().toString(), "MODELS")
                .replace(plan.featureDigest().substring(0, 12), "DIGEST")
                .replaceAll("[0-9a-f]{64}", "SHA")
                .replaceAll("expected 0\\.\\d+", "expected SCORE");
    }

    private ScoreTask swap(ModelVersion version, Kind end) throws Exception {
        MemoryControlLog.Topic control = MemoryControlLog.create();
        ScoreTask task = new ScoreTask(plan, control, null);
        task.pay(0, 10.0);
        control.write(new ModelCommand("swap", Action.PROMOTE, version, PaymentRecords.at(FENCE), 0));
        task.untilTold(end);
        return task;
    }

    private static String shown(KeyPair keys) {
        return ModelKeys.id(keys.getPublic()).substring(0, 16);
    }

    private Path models() {
        return home.resolve("models");
    }

    private Path bundle() {
        return models().resolve("payment-risk/2");
    }
}

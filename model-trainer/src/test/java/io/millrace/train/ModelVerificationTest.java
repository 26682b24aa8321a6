/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.model.format.BundleWriter;
import io.millrace.train.ModelVerification.Verdict;
import io.millrace.train.process.ChildJvm.End;
import io.millrace.train.process.ChildJvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ModelVerificationTest {

    @TempDir
    private Path directory;

    @Test
    void soundBundleIsAcceptedInAChildAndDescribed() {
        Path bundle = write("sound", 0.5);

        Verdict verdict = ModelVerification.of(bundle);

        assertThat(verdict.words())
                .matches(
                        "linear 1: binary, 2 inputs, 32 golden cases of origin framework passed, runs as compiled plan,"
                                + " sha256 [0-9a-f]{64}");
        assertThat(verdict.accepted()).isTrue();
    }

    @Test
    void bundleThatFailsItsCasesIsRefusedWithTheReason() {
        Verdict verdict = ModelVerification.of(write("unsound", 0.25));

        assertThat(verdict.words())
                .endsWith(
                        "golden.json: outputs.0.0: the network gives 0.5, expected 0.25. The weights, the normalizer or"
                                + " the order of the features differ from those that made the cases; write the bundle again.");
        assertThat(verdict.accepted()).isFalse();
    }

    @Test
    void alteredBundleIsRefused() throws IOException {
        Path bundle = write("altered", 0.5);
        Files.writeString(bundle.resolve("card.md"), "# Another\n");

        Verdict verdict = ModelVerification.of(bundle);

        assertThat(verdict.accepted()).isFalse();
        assertThat(verdict.words()).contains("card.md").doesNotContain("no verdict");
    }

    @Test
    void examinationThatEndsOtherwiseGivesNoVerdictAndSaysHow() {
        assertRefused(
                new Outcome(End.TIMED_OUT, 137, "did not end within 120 s", ""),
                "the examination did not end within 120 s and gave no verdict. Do not use the bundle.");
        assertRefused(
                new Outcome(End.KILLED, 139, "was killed by signal 11", "SIGSEGV"),
                "the examination was killed by signal 11 and gave no verdict. Do not use the bundle. The last words:\n"
                        + "SIGSEGV");
        assertRefused(
                new Outcome(End.OUT_OF_MEMORY, 3, "needs more than its 512 MB of memory", "java.lang.OutOfMemoryError"),
                "the examination needs more than its 512 MB of memory and gave no verdict. Do not use the bundle. The"
                        + " last words:\njava.lang.OutOfMemoryError");
        assertRefused(
                new Outcome(End.FAILED, 1, "ended with exit code 1", "verdict: looks fine"),
                "the examination ended with exit code 1 and gave no verdict. Do not use the bundle. The last words:\n"
                        + "verdict: looks fine");
        assertRefused(
                new Outcome(End.DONE, 0, "ended", ""),
                "the examination ended and gave no verdict. Do not use the bundle.");
    }

    private static void assertRefused(Outcome outcome, String words) {
        assertThat(ModelVerification.verdict(outcome)).isEqualTo(new Verdict(false, words));
    }

    /** Two inputs, weights of zero: whatever comes in, a half comes out. */
    private Path write(String name, double expected) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(2)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
        network.init();
        Description description = new Description(
                "linear",
                "1",
                Task.BINARY,
                List.of("a", "b"),
                1,
                List.of(),
                null,
                Double.NaN,
                null,
                Map.of(),
                Map.of());
        GoldenCases golden = new GoldenCases(
                GoldenCases.Origin.FRAMEWORK,
                Collections.nCopies(32, new double[] {1, 2}),
                Collections.nCopies(32, new double[] {expected}));
        Path bundle = directory.resolve(name);
        BundleWriter.write(
                bundle,
                new BundleDraft(
                        description,
                        new Preprocessing(new double[] {Double.NaN, Double.NaN}, new Normalizer.None()),
                        network.getLayerWiseConfigurations().toJson(),
                        new float[3],
                        golden,
                        "# Linear\n"));
        return bundle;
    }
}

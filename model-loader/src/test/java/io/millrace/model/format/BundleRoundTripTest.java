/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BundleFiles;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRoundTripTest {

    @TempDir
    Path work;

    private final BundleDraft draft = ModelFixture.draft();

    @Test
    void readsWhatWasWritten() {
        Bundle bundle = BundleWriter.write(work.resolve("1"), draft);
        assertThat(bundle.description()).isEqualTo(draft.description());
        assertThat(bundle.card()).isEqualTo(draft.card());
        assertThat(bundle.network().weights()).isEqualTo(draft.weights());
        assertThat(bundle.network().inputs()).isEqualTo(3);
        assertThat(bundle.means()).isEqualTo(draft.preprocessing().means());
        assertThat(bundle.preprocessing().normalizer())
                .usingRecursiveComparison()
                .isEqualTo(draft.preprocessing().normalizer());
        GoldenCases golden = Objects.requireNonNull(draft.golden());
        assertThat(bundle.golden().origin()).isEqualTo(GoldenCases.Origin.SELF);
        assertThat(bundle.golden().inputs()).containsExactlyElementsOf(golden.inputs());
        assertThat(bundle.golden().outputs()).containsExactlyElementsOf(golden.outputs());
    }

    @Test
    void readsEveryNormalizer() {
        double[] low = {0, 1, 2};
        double[] high = {1, 5, 9};
        for (Normalizer normalizer : new Normalizer[] {
            new Normalizer.None(), new Normalizer.MinMax(low, high), new Normalizer.Standardize(low, high)
        }) {
            byte[] written = PreprocessingCodec.write(new Preprocessing(new double[] {1, Double.NaN, 3}, normalizer));
            Preprocessing read = PreprocessingCodec.read(written, 3);
            assertThat(read.means()).containsExactly(1, Double.NaN, 3);
            assertThat(read.normalizer()).usingRecursiveComparison().isEqualTo(normalizer);
        }
    }

    @Test
    void theSameDraftGivesTheSameBytes() throws IOException {
        BundleWriter.write(work.resolve("left"), draft);
        BundleWriter.write(work.resolve("right"), ModelFixture.draft());
        try (Stream<Path> files = Files.list(work.resolve("left"))) {
            for (Path file : files.toList()) {
                assertThat(work.resolve("right").resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void theVersionsDigestIsThatOfBundleJson() throws IOException {
        Bundle bundle = BundleWriter.write(work.resolve("1"), draft);
        assertThat(bundle.version().name()).isEqualTo("card-fraud");
        assertThat(bundle.version().version()).isEqualTo("1");
        assertThat(bundle.version().digest())
                .isEqualTo(Sha256.of(Files.readAllBytes(work.resolve("1").resolve("bundle.json"))));
    }

    @Test
    void aZipOfTheFilesIsTheSameBundle() {
        Path zip = BundleFiles.of(draft, work).zip(work.resolve("bundle.zip"));
        Bundle bundle = new BundleReader().read(zip);
        assertThat(bundle.version())
                .isEqualTo(new BundleReader().read(work.resolve("good")).version());
        assertThat(bundle.network().weights()).isEqualTo(draft.weights());
    }

    @Test
    void bundleJsonReadsAsDocumented() throws IOException {
        BundleWriter.write(work.resolve("1"), draft);
        String text = Files.readString(work.resolve("1").resolve("bundle.json"), StandardCharsets.UTF_8);
        assertThat(text).startsWith("""
                {
                  "millrace_bundle" : 1,
                  "name" : "card-fraud",
                  "version" : "1",
                  "task" : "binary",
                  "inputs" : [ {
                    "name" : "features",
                    "shape" : [ 3 ],
                    "features" : [ "amount", "hour", "risk" ]
                  } ],
                  "outputs" : [ {
                    "name" : "outputs",
                    "shape" : [ 1 ],
                    "labels" : [ ]
                  } ],
                  "feature_digest" : "abababababababababababababababababababababababababababababababab",
                  "threshold" : 0.5,
                  "training" : {
                    "from" : "2018-07-25T00:00:00Z",
                    "to" : "2018-08-01T00:00:00Z"
                  },
                  "metrics" : {
                    "roc_auc" : 0.87
                  },
                  "seeds" : {
                    "network" : 7
                  },
                  "files" : {
                    "configuration.json" : {
                """);
    }
}

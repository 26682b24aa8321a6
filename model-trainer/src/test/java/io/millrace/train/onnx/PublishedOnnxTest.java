/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.train.foreign.ModelImport;
import io.millrace.train.foreign.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that others exported, where the reference data is present: {@code ReferenceModelsTest} says how it is found. */
class PublishedOnnxTest {

    private static final Path SHARED = Path.of(System.getProperty(
            "millrace.shared", System.getenv().getOrDefault("MILLRACE_SHARED_DATA", "../../shared/data")));

    @Test
    void theBenchmarkNetworkOfCrayfishIsImported() {
        BundleDraft draft = ModelImport.run(request(shared("crayfish-ffnn/model-ffnn.onnx"), 784));
        assertThat(draft.description().outputs()).isEqualTo(10);
        assertThat(draft.weights()).hasSize(28_618);
        assertThat(draft.golden()).isNotNull();
        assertThat(draft.golden().origin()).isEqualTo(GoldenCases.Origin.FRAMEWORK);
    }

    /** DL4J's own import takes it without an error, and then tells 2 of 20 digits right. */
    @Test
    void aConvolutionThatDl4jImportsWrongIsRefused() {
        Path file = shared("models-import/onnx/mnist-cntk.onnx");
        assertThatThrownBy(() -> ModelImport.run(request(file, 784)))
                .hasMessageStartingWith(file + ": its ")
                .hasMessageEndingWith(".");
    }

    private static ModelImport.Request request(Path file, int inputs) {
        List<String> names = IntStream.range(0, inputs).mapToObj(i -> "x" + i).toList();
        return new ModelImport.Request(
                Origin.ONNX, file, "model", "1", names, null, null, List.of(), Double.NaN, List.of());
    }

    private static Path shared(String name) {
        Path file = SHARED.resolve(name);
        assumeTrue(Files.exists(file), "the reference data is not here");
        return file;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BundleFiles;
import io.millrace.model.ModelFixture;
import io.millrace.model.network.Coefficients;
import io.millrace.model.score.LoaderFilterFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile bundles in a JVM of their own, with little memory: nothing of them runs, and memory stays flat. */
class LoaderProcessTest {

    private static final long FLAT_KILOBYTES = 50_000;
    private static final String NO_CANARY = "null null";

    @TempDir
    Path work;

    private BundleFiles files;

    @BeforeEach
    void writeGoodBundle() {
        files = BundleFiles.of(ModelFixture.draft(), work);
    }

    @Test
    void aSerializedPreprocessorIsRefusedAndNeverRuns() throws IOException, InterruptedException {
        files.put("preprocessor.bin", serialized());
        assertThat(refusal(files.directory(work.resolve("hostile"))))
                .startsWith("holds 'preprocessor.bin', which is no file of a bundle (allowed: ");
        assertThat(refusal(files.zip(work.resolve("hostile.zip"))))
                .startsWith("holds 'preprocessor.bin', which is no file of a bundle (allowed: ");
    }

    @Test
    void aFileThatIsASerializedObjectIsRefusedAndNeverRuns() throws IOException, InterruptedException {
        Path zip = Files.write(work.resolve("hostile.zip"), serialized());
        assertThat(refusal(zip))
                .isEqualTo("is not a whole zip: it does not end with a zip's end record. It was cut short, is another"
                        + " kind of file, or has an archive comment; pack the bundle again.");
    }

    @Test
    void aSerializedNormalizerIsRefusedAndNeverRuns() throws IOException, InterruptedException {
        files.vouched("normalizer.json", serialized());
        assertThat(refusal(files.directory(work.resolve("hostile")))).startsWith("normalizer.json: ");
    }

    @Test
    void aClassOutsideTheListIsNeverInitialised() throws IOException, InterruptedException {
        files.text(
                "configuration.json",
                json -> json.replaceFirst(
                        "org.nd4j.linalg.activations.impl.ActivationReLU", StaticCanary.class.getName()));
        assertThat(refusal(files.directory(work.resolve("hostile"))))
                .isEqualTo("configuration.json: confs.0.layer.activationFn is of class " + StaticCanary.class.getName()
                        + ", which is not supported. Build the network from supported layers, activations, losses and"
                        + " initialisers.");
    }

    @Test
    void theCanariesSingWhenTheyAreTouched() throws ClassNotFoundException {
        assertThat(Class.forName(StaticCanary.class.getName())).isNotNull();
        assertThat(System.getProperty(StaticCanary.MARK)).isEqualTo("true");
    }

    @Test
    void aLyingParameterCountTakesNoMemory() throws IOException, InterruptedException {
        byte[] weights = Coefficients.write(new float[21]);
        ByteBuffer.wrap(weights).putLong(40, 40_000_001).putLong(98, 40_000_001);
        files.vouched("coefficients.bin", weights)
                .text(
                        "configuration.json",
                        json -> json.replace("\"nout\" : 4", "\"nout\" : 8000000")
                                .replace("\"nin\" : 4", "\"nin\" : 8000000"));
        assertThat(refusal(files.zip(work.resolve("hostile.zip"))))
                .isEqualTo("coefficients.bin: has 84 bytes of values, 40000001 floats need 160000004. Write the bundle"
                        + " again.");
    }

    @Test
    void aLengthOfTwoToThe33TakesNoMemory() throws IOException, InterruptedException {
        byte[] weights = Coefficients.write(new float[21]);
        ByteBuffer.wrap(weights).putLong(98, 1L << 33);
        files.vouched("coefficients.bin", weights);
        assertThat(refusal(files.directory(work.resolve("hostile"))))
                .isEqualTo("coefficients.bin: claims 8589934592 values, expected 21. Write the bundle again.");
    }

    @Test
    void aZipBombTakesNoMemory() throws IOException, InterruptedException {
        files.vouched("reference.json", new byte[16 << 20]);
        assertThat(refusal(files.zip(work.resolve("hostile.zip"))))
                .matches("reference\\.json: would grow from \\d+ to 16777216 bytes, more than 200 times, as a zip bomb"
                        + " does\\. Pack the bundle without compression if it is honest\\.");
    }

    @Test
    void aMillionEmptyListsTakeNoMemory() throws IOException, InterruptedException {
        files.vouched("golden.json", "{\"origin\": [" + "[],".repeat(5_000_000) + "[]]}");
        assertThat(refusal(files.directory(work.resolve("hostile"))))
                .startsWith("golden.json: line 1: Token count (1000001) exceeds the maximum allowed (1000000, from");
    }

    @Test
    void theFilterForbidsDeserializationWhileLoadingOnly() throws IOException, InterruptedException {
        List<String> command = java("256m");
        command.add("-Djdk.serialFilterFactory=" + LoaderFilterFactory.class.getName());
        command.add(FilterProcess.class.getName());
        command.add(files.directory(work.resolve("copy")).toString());
        assertThat(run(command))
                .containsExactly(
                        "outside: SerialCanary",
                        "while loading: filter status: REJECTED",
                        "mark: null",
                        "loaded: compiled plan",
                        "afterwards: SerialCanary");
    }

    /** The refusal of a bundle, after what holds for all of them. */
    private String refusal(Path hostile) throws IOException, InterruptedException {
        List<String> command = java("64m");
        command.add(HostileBundleProcess.class.getName());
        command.add(work.resolve("good").toString());
        command.add(hostile.toString());
        List<String> lines = run(command);
        assertThat(lines).hasSize(3);
        assertThat(Long.parseLong(lines.get(1)))
                .as("kB of memory for %s", lines.get(0))
                .isLessThan(FLAT_KILOBYTES);
        assertThat(lines.get(2)).isEqualTo(NO_CANARY);
        assertThat(lines.get(0)).startsWith("bundle " + hostile + ": ");
        return lines.get(0).substring(("bundle " + hostile + ": ").length());
    }

    private static List<String> java(String memory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + memory);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        Path output = work.resolve("output.txt");
        Path errors = work.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new SerialCanary());
        }
        return bytes.toByteArray();
    }
}

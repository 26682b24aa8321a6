/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.ExitCode;
import io.millrace.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} and {@code model}, on the fraud example's sample and bundle. */
final class ModelCommandsTest {

    private static final Path FRAUD = Path.of("..", "examples", "fraud");
    private static final Path BUNDLE = FRAUD.resolve("models/card-fraud/1");

    @TempDir
    private Path directory;

    @Test
    void verifyAcceptsAGoodBundle() throws IOException {
        JsonNode verdict = Invocation.of("model", "verify", "--json", BUNDLE).json();
        assertThat(verdict.get("accepted").asBoolean()).isTrue();
        assertThat(verdict.get("words").asText()).startsWith("card-fraud 1: binary, 15 inputs, 64 golden cases");
        assertThat(Invocation.of("model", "verify", BUNDLE))
                .isEqualTo(new Invocation(
                        ExitCode.DONE, "", "accepted  " + verdict.get("words").asText()));
    }

    @Test
    void verifyRefusesWithExitCode4() throws IOException {
        Path nothing = directory.resolve("nothing");
        assertRefused(nothing, ": there is no such directory or zip. Check the model's name and version.");
        Path extra = copy();
        Files.write(extra.resolve("preprocessor.bin"), new byte[] {(byte) 0xac, (byte) 0xed, 0, 5});
        assertRefused(
                extra,
                ": holds 'preprocessor.bin', which is no file of a bundle (allowed: bundle.json, configuration.json,"
                        + " coefficients.bin, normalizer.json, golden.json, card.md, vocabulary.json, calibration.json,"
                        + " reference.json, signature). Remove it and write the bundle again.");
        Path cut = copy();
        byte[] whole = Files.readAllBytes(cut.resolve("coefficients.bin"));
        Files.write(cut.resolve("coefficients.bin"), Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                cut,
                ": coefficients.bin: has " + whole.length / 2 + " bytes, bundle.json says " + whole.length
                        + ". Copy the bundle again.");
        Path garbage = Files.write(directory.resolve("bundle.zip"), Arrays.copyOf(whole, 500));
        assertRefused(
                garbage,
                ": is not a whole zip: it does not end with a zip's end record. It was cut short, is another kind of file, or has an archive comment; pack the bundle again.");
    }

    private static void assertRefused(Path bundle, String why) throws IOException {
        String words = "bundle " + bundle.toAbsolutePath() + why;
        Invocation verdict = Invocation.of("model", "verify", "--json", bundle);
        assertThat(verdict.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(verdict.json().get("accepted").asBoolean()).isFalse();
        assertThat(verdict.json().get("words").asText()).isEqualTo(words);
    }

    @Test
    void listShowsNamesVersionsAndAliases() throws IOException {
        JsonNode rows = Invocation.of("model", "list", "--json", FRAUD.resolve("models"))
                .json();
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("name").asText()).isEqualTo("card-fraud");
        assertThat(rows.get(0).get("aliases").toString()).isEqualTo("[\"champion\"]");
        assertThat(Invocation.of("model", "list", FRAUD.resolve("models")).out())
                .isEqualTo("%-24s %-12s %-24s %s"
                        .formatted(
                                "card-fraud",
                                "1",
                                "[champion]",
                                rows.get(0).get("digest").asText()));
        Path none = directory.resolve("none");
        assertThat(Invocation.of("model", "list", none)).isEqualTo(new Invocation(0, "", none + " holds no models."));
        assertThat(Invocation.of("model", "list", "--json", none)).isEqualTo(new Invocation(0, "[]", ""));
    }

    @Test
    void trainMakesABundleThatIsAcceptedOnceAndAlwaysTheSame() throws IOException {
        Path pipeline = installed();
        Invocation trained = SampleTraining.run(pipeline, "--version", "1", "--alias", "champion", "--json");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.json().get("name").asText()).isEqualTo("card-fraud");
        assertThat(trained.json().get("metrics").size()).isPositive();
        Path store = pipeline.resolveSibling("models");
        assertThat(Invocation.of("model", "verify", store.resolve("card-fraud/1"))
                        .exitCode())
                .isZero();
        assertThat(Invocation.of("plan", "--json", pipeline).json().get("model").get("digest"))
                .isEqualTo(trained.json().get("digest"));

        Invocation again = SampleTraining.run(pipeline, "--version", "1");
        assertThat(again.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(again.err())
                .endsWith("model 'card-fraud' already has a version or alias '1'. A version never changes: choose"
                        + " another one.");

        assertThat(SampleTraining.run(installed(), "--version", "1", "--json")
                        .json()
                        .get("digest"))
                .isEqualTo(trained.json().get("digest"));
    }

    @Test
    void trainRefusesWhatItCannotLearnFrom() throws IOException {
        Path pipeline = installed();
        Path none = Files.writeString(
                directory.resolve("none.csv"), "transaction_id,customer_id,terminal_id,amount,tx_time\n");
        assertThat(refusal(pipeline, none))
                .isEqualTo(new Invocation(ExitCode.FAILED, "", "the files hold no events of stream 'transactions'."));
        assertThat(refusal(pipeline, FRAUD.resolve("sample/transactions.csv")))
                .isEqualTo(new Invocation(
                        ExitCode.FAILED,
                        "",
                        "train: the training rows are 0, 0 of them positive. Training needs at least 64 rows and both"
                                + " classes in each part: give a longer history."));
        Invocation unknown = Invocation.of(
                "train", pipeline, "--events", "transactoins=x.csv", "--positives", "chargebacks", "--version", "1");
        assertThat(unknown)
                .isEqualTo(new Invocation(
                        ExitCode.USAGE, "", "the pipeline has no stream 'transactoins'. Did you mean 'transactions'?"));
        Path rows = Files.writeString(
                directory.resolve("rows.csv"),
                "transaction_id,customer_id,terminal_id,amount,tx_time\n1,2,3,many,2024-01-01T00:00:00Z\n");
        Invocation bad = Invocation.of(
                "train", pipeline, "--events", "transactions=" + rows, "--positives", "chargebacks", "--version", "1");
        assertThat(bad)
                .isEqualTo(new Invocation(ExitCode.PROBLEMS, "", rows + ":2 field 'amount': 'many' is not a double."));
    }

    @Test
    void importRefusesWhatIsNoKerasModel() throws IOException {
        Path pipeline = installed();
        Path file = Files.writeString(directory.resolve("model.h5"), "no model");
        Invocation refused =
                Invocation.of("model", "import", "--keras", file, "--pipeline", pipeline, "--version", "1");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(refused.err()).isEqualTo(file + ": is no HDF5 file. Give a Keras 2 model saved as .h5.");
        Invocation cases = Invocation.of(
                "model", "import", "--keras", file, "--pipeline", pipeline, "--version", "1", "--cases", "in.npy");
        assertThat(cases).isEqualTo(new Invocation(ExitCode.USAGE, "", "--cases takes two files: IN.npy,OUT.npy"));
    }

    private static Invocation refusal(Path pipeline, Path transactions) {
        return Invocation.of(
                "train",
                pipeline,
                "-q",
                "--events",
                "transactions=" + transactions,
                "--positives",
                "chargebacks",
                "--version",
                "1");
    }

    private Path installed() throws IOException {
        Path home = Files.createTempDirectory(directory, "pipeline");
        for (String file : List.of("pipeline.yaml", "transaction.avsc", "chargeback.avsc")) {
            Files.copy(FRAUD.resolve(file), home.resolve(file));
        }
        return home.resolve("pipeline.yaml");
    }

    private Path copy() throws IOException {
        Path copy = Files.createTempDirectory(directory, "bundle");
        try (Stream<Path> files = Files.list(BUNDLE)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}

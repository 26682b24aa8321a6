/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.ExitCode;
import io.millrace.cli.Invocation;
import io.millrace.cli.model.SampleTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code validate} and {@code plan}: on the files that we show to others, and on wrong ones. */
final class PipelineCommandsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path FRAUD = ROOT.resolve("examples/fraud");
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\\R(millrace: 1\\R.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT.resolve("examples"), 2, (path, attributes) -> path.endsWith("pipeline.yaml"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsRightAndCanBePlanned(Path example) throws IOException {
        Invocation validated = Invocation.of("validate", example);
        assertThat(validated)
                .isEqualTo(
                        new Invocation(ExitCode.DONE, "", example + ": no problems. Next: millrace plan " + example));
        Invocation planned = Invocation.of("plan", "--json", example);
        assertThat(planned.err()).isEmpty();
        assertThat(planned.exitCode()).isZero();
        assertThat(planned.json().get("inputs")).isNotEmpty();
        assertThat(planned.json().get("model").get("digest").asText()).hasSize(64);
    }

    @Test
    void pipelinesInTheReadmeAreRightAndCanBePlanned() throws IOException {
        Matcher blocks = YAML_BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        int count = 0;
        for (; blocks.find(); count++) {
            Path pipeline = installed(blocks.group(1));
            Invocation validated = Invocation.of("validate", "--json", pipeline);
            assertThat(validated).isEqualTo(new Invocation(0, "{\"pipeline\":\"card-fraud\",\"problems\":0}", ""));
            SampleTraining.run(pipeline, "--version", "1", "--alias", "champion", "-q");
            Invocation planned = Invocation.of("plan", "--json", pipeline);
            assertThat(planned.err()).isEmpty();
            assertThat(planned.json().get("features").asInt()).isPositive();
        }
        assertThat(count).isPositive();
    }

    @Test
    void planSaysWhatWouldRun() throws IOException {
        JsonNode plan =
                Invocation.of("plan", "--json", FRAUD.resolve("pipeline.yaml")).json();
        assertThat(plan.get("pipeline").asText()).isEqualTo("card-fraud");
        assertThat(plan.get("order").asText()).isEqualTo("event_time");
        assertThat(plan.get("hops").findValuesAsText("keeps")).containsExactly("PT720H", "PT888H");
        assertThat(Invocation.of("plan", "-q", FRAUD.resolve("pipeline.yaml")).out())
                .startsWith("pipeline     card-fraud, order event_time\n")
                .contains("\nfeature      18 features, 15 feed the model, digest "
                        + plan.get("feature_digest").asText().substring(0, 12) + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan", "run", "topics"})
    void everyProblemIsPrintedAtOnce(String command) throws IOException {
        Path file = installed(fraud().replace("score: transactions", "score: transaction")
                .replace("order: event_time", "ordr: event_time")
                .replace("by: terminal_id, over: 1d, delay: 7d }", "by: terminal_id, over: a day, delay: 7d }"));
        Invocation refused = Invocation.of(command, file);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines())
                .containsExactly(
                        file + ":20:8 score: no stream is named 'transaction'. Did you mean 'transactions'?",
                        file + ":21:1 ordr: unknown key in a pipeline file. Did you mean 'order'?",
                        file + ":37:62 features.terminal_count_1d.over: expected a duration such as 250ms, 10s, 5m, 1h"
                                + " or 7d, found 'a day'.",
                        file + ":38:93 features.terminal_frauds_1d.over: expected a duration such as 250ms, 10s, 5m, 1h"
                                + " or 7d, found 'a day'.");
    }

    @Test
    void planFindsWhatTheFileAloneCannotTell() throws IOException {
        Path file = installed(
                fraud().replace("mean: amount, by: customer_id, over: 1d", "mean: amuont, by: customer_id, over: 1d")
                        .replace("name: card-fraud\n", "name: card-frauds\n"));
        Invocation validated = Invocation.of("validate", file);
        assertThat(validated.exitCode()).isZero();
        Invocation refused = Invocation.of("plan", file);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(refused.err().lines())
                .containsExactly(
                        file + ":30:32 features.customer_mean_1d.mean: in 'amuont' at 1:1: nothing is called 'amuont'"
                                + " here. Did you mean 'amount'?",
                        file + ":64:1 model.use: model 'card-frauds' has no version or alias 'champion' in the store "
                                + file.resolveSibling("models") + ". Train or import it, or set the alias.");
    }

    @Test
    void unreadableFilesAreRefused() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        for (String command : List.of("validate", "plan", "run", "topics")) {
            assertThat(Invocation.of(command, missing))
                    .isEqualTo(problem(missing + ": no such file. Give the path of a pipeline file."));
            assertThat(Invocation.of(command, directory))
                    .isEqualTo(problem(directory + ": cannot be read: Is a directory."));
            assertThat(Invocation.of(command, latin)).isEqualTo(problem(latin + ": not UTF-8 text. Save it as UTF-8."));
        }
    }

    private static Invocation problem(String words) {
        return new Invocation(ExitCode.PROBLEMS, "", words);
    }

    private static String fraud() throws IOException {
        return Files.readString(FRAUD.resolve("pipeline.yaml"));
    }

    /** The text as a pipeline beside the fraud example's schemas. */
    private Path installed(String text) throws IOException {
        Path home = Files.createTempDirectory(directory, "pipeline");
        for (String schema : List.of("transaction.avsc", "chargeback.avsc")) {
            Files.copy(FRAUD.resolve(schema), home.resolve(schema));
        }
        return Files.writeString(home.resolve("pipeline.yaml"), text);
    }
}

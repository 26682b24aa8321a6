/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, the reader answers with a document or with located problems, and never shows a secret. */
class PipelineMutationTest {

    private static final int MUTANTS = 1_500;
    private static final int LONG = 1 << 17;
    private static final Pattern LINE = Pattern.compile("pipeline\\.yaml:\\d+:\\d+[: ].*[.?]");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mutantsOfGoodFiles(long seed) {
        Random random = new Random(seed);
        List<String> parents = List.of(Pipelines.resource("whole.yaml"), Pipelines.resource("foreseen.yaml"));
        for (int i = 0; i < MUTANTS; i++) {
            String text = Mutant.of(parents.get(random.nextInt(parents.size())), random);
            check(text, "seed " + seed + ", mutant " + i + ":\n" + text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "{", "{a: ", "- ", "? ", "'", "\"", "a", "a.", "1", "1,", "a:1,", "a=", "${", "\\", "\n", " ",
                "&a "
            })
    void longTexts(String part) {
        String repeated = part.repeat(LONG / part.length());
        check(repeated, part);
        for (String key :
                List.of("id: ", "outputs: { carry: [", "kafka: { bootstrap.servers: ", "kafka: { sasl.jaas.config: ")) {
            check(Pipelines.resource("minimal.yaml") + key + repeated, key + part);
            check(Pipelines.resource("minimal.yaml") + key + "\"" + repeated + "\"", key + "\"" + part);
        }
    }

    private static void check(String text, String name) {
        try {
            List<String> lines = Pipelines.problems(text);
            assertThat(lines).as(name).allMatch(line -> LINE.matcher(line).matches());
            assertThat(String.join("\n", lines)).as(name).doesNotContain("sesame");
        } catch (RuntimeException | StackOverflowError e) {
            fail(name, e);
        }
    }
}

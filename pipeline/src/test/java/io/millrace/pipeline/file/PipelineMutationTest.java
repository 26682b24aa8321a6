/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, the reader answers with a document or with located problems, and never shows a secret. */
class PipelineMutationTest {

    private static final int MUTANTS = 1_500;
    private static final Pattern LINE = Pattern.compile("pipeline\\.yaml:\\d+:\\d+[: ].*[.?]");
    private static final List<String> TOKENS = List.of(
            "[",
            "]",
            "{",
            "}",
            ":",
            ": ",
            "- ",
            ", ",
            "#",
            "&a ",
            "*a",
            "!!int ",
            "|",
            ">",
            "'",
            "\"",
            "\\",
            "\n",
            "\t",
            "  ",
            "${",
            "${KAFKA_PASSWORD}",
            "${S3_SECRET:-x}",
            "$${",
            "}",
            "null",
            "true",
            "-1",
            "1e999",
            "7d",
            "lifetime",
            "---",
            "\n...\n",
            "%YAML 1.2\n",
            "? ",
            "<<: ",
            "\u0000",
            "\u0085",
            "\u2028",
            "\uD83D\uDE00",
            "\\U0010FFFF",
            "\\x",
            "category",
            "count: true",
            "last: x, count: 3",
            "event_time",
            "features",
            "amount");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mutantsOfGoodFiles(long seed) {
        Random random = new Random(seed);
        List<String> parents = List.of(Pipelines.resource("whole.yaml"), Pipelines.resource("foreseen.yaml"));
        for (int i = 0; i < MUTANTS; i++) {
            String text = mutant(parents.get(random.nextInt(parents.size())), random);
            check(text, "seed " + seed + ", mutant " + i);
        }
    }

    private static void check(String text, String name) {
        try {
            List<String> lines = Pipelines.problems(text);
            assertThat(lines)
                    .as("%s of%n%s", name, text)
                    .allMatch(line -> LINE.matcher(line).matches());
            assertThat(String.join("\n", lines)).as("%s of%n%s", name, text).doesNotContain("sesame");
        } catch (RuntimeException | StackOverflowError e) {
            fail(name + " of\n" + text, e);
        }
    }

    private static String mutant(String parent, Random random) {
        String text = parent;
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            text = switch (random.nextInt(6)) {
                case 0 -> insert(text, TOKENS.get(random.nextInt(TOKENS.size())), random);
                case 1 -> insert(text, String.valueOf((char) random.nextInt(256)), random);
                case 2 -> cut(text, 1 + random.nextInt(20), random);
                case 3 -> text.substring(0, random.nextInt(text.length() + 1));
                case 4 -> moveLine(text, random);
                default -> insert(text, slice(text, random), random);
            };
        }
        return text;
    }

    private static String insert(String text, String part, Random random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + part + text.substring(at);
    }

    private static String cut(String text, int length, Random random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + text.substring(Math.min(text.length(), at + length));
    }

    private static String slice(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(from, Math.min(text.length(), from + random.nextInt(200)));
    }

    private static String moveLine(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (!lines.isEmpty()) {
            String line = lines.remove(random.nextInt(lines.size()));
            lines.add(random.nextInt(lines.size() + 1), " ".repeat(random.nextInt(3)) + line.strip());
        }
        return String.join("\n", lines);
    }
}

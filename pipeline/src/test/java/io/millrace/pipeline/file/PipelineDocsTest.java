/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed documents say what the grammar says; {@code -Dmillrace.docs.write} makes them so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineDocsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path REFERENCE = DOCS.resolve("pipeline-file.md");
    private static final Path SCHEMA = DOCS.resolve("pipeline.schema.json");
    private static final String GRAMMAR = "<!-- grammar -->\n";
    private static final String CURE =
            "Rewrite it with: mvn -pl pipeline test -Dtest=PipelineDocsTest" + " -Dmillrace.docs.write";

    @Test
    void referenceIsTheGrammars() throws IOException {
        String written = Files.readString(REFERENCE);
        String prose = written.substring(0, written.indexOf(GRAMMAR) + GRAMMAR.length());

        assertWritten(REFERENCE, prose + PipelineFile.reference());
    }

    @Test
    void jsonSchemaIsTheGrammars() throws IOException {
        assertWritten(SCHEMA, PipelineFile.jsonSchema());
    }

    private static void assertWritten(Path file, String expected) throws IOException {
        if (System.getProperty("millrace.docs.write") != null) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).as(CURE).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyExampleIsRight(String block) {
        assertThat(Pipelines.problems(block)).isEmpty();
    }

    List<String> blocks() throws IOException {
        List<String> blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(REFERENCE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        return blocks;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference page says what the tables say. After a change of the tables, write it anew by
 * {@code mvn test -pl pipeline -Dtest=ExpressionReferenceTest -Dmillrace.docs.write}.
 */
class ExpressionReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "expressions.md");

    @Test
    void pageSaysWhatTheTablesSay() throws IOException {
        if (System.getProperty("millrace.docs.write") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ReferencePage.text());
        }
        assertThat(PAGE)
                .as("docs/expressions.md is written anew by -Dmillrace.docs.write")
                .hasContent(ReferencePage.text());
    }

    static Iterable<Function> functions() {
        return FunctionTable.all();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFunctionHasASummaryOfOneSentence(Function function) {
        assertThat(function.summary()).as(function.name()).matches("\\S.*\\.").doesNotContain("\n");
        assertThat(function.overloads()).as(function.name()).isNotEmpty();
    }
}

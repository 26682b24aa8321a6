/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSizeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^[A-Z]{2}[0-9]{2,20}$",
                "(a|b){100}",
                "a{1000}b{1000}",
                "[(({]{5}",
                "\\({1000}",
                "[]a]{9}",
                "a{,9}",
                ")",
                "(",
                "{",
                "["
            })
    void ordinaryPatternsAreSmall(String pattern) {
        assertThat(PatternSize.isTooGreat(pattern)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(a{1,1000}){11}",
                "(?:[a-z]{100}){2,101}",
                "(((a{99999999999})))",
                "((a{1000}b){9}|(c{1000}){2}"
            })
    void repetitionsOfRepetitionsMultiply(String pattern) {
        assertThat(PatternSize.isTooGreat(pattern)).isTrue();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static final List<String> KNOWN = List.of("topic", "schema", "encoding");

    @Test
    void nearestNameIsSuggested() {
        assertThat(Problems.suggest("tpoic", KNOWN)).isEqualTo(" Did you mean 'topic'?");
        assertThat(Problems.suggest("topics", KNOWN)).isEqualTo(" Did you mean 'topic'?");
        assertThat(Problems.suggest("encodnig", KNOWN)).isEqualTo(" Did you mean 'encoding'?");
    }

    @Test
    void fewNamesAreListedWhenNoneIsNear() {
        assertThat(Problems.suggest("nonsense", KNOWN)).isEqualTo(" Known here: encoding, schema, topic.");
    }

    @Test
    void manyNamesAreNotListed() {
        List<String> many = IntStream.range(0, 13).mapToObj(i -> "name" + i).toList();

        assertThat(Problems.suggest("nonsense", many)).isEmpty();
        assertThat(Problems.suggest("nonsense", List.of())).isEmpty();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class SupportedClassesTest {

    @Test
    void everyNameIsAClassOfDl4j() {
        assertThat(SupportedClasses.names()).hasSizeGreaterThan(80);
        for (String name : SupportedClasses.names()) {
            assertThatCode(() -> Class.forName(name)).as(name).doesNotThrowAnyException();
        }
    }
}

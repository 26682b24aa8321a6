/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.expression.function.FunctionTable;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    @Test
    void noFunctionOfTheTableIsRefused() {
        assertThat(FunctionTable.names())
                .allSatisfy(
                        name -> assertThat(Refusals.ofFunction(name)).as(name).isNull());
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.expression.ExpressionCompiler;
import org.junit.jupiter.api.Test;

class ScoringRuleTest {

    @Test
    void aThresholdIsPositiveFromItselfOn() {
        ScoringRule rule = ScoringRule.from(0.5);
        assertThat(rule.decide(0.5f)).isTrue();
        assertThat(rule.decide(Math.nextDown(0.5f))).isFalse();
    }

    @Test
    void noThresholdGivesNoAnswer() {
        assertThat(ScoringRule.from(Double.NaN).decide(0.9f)).isNull();
    }

    @Test
    void anExpressionDecidesOnTheScore() {
        ScoringRule rule =
                ScoringRule.when(ExpressionCompiler.compile("score > 0.2 && score < 0.4", ScoringRule.SCOPE));
        assertThat(rule.decide(0.3f)).isTrue();
        assertThat(rule.decide(0.5f)).isFalse();
    }

    @Test
    void anExpressionThatIsMissingGivesNoAnswer() {
        ScoringRule rule = ScoringRule.when(ExpressionCompiler.compile("1.0 / score > 2.0", ScoringRule.SCOPE));
        assertThat(rule.decide(0f)).isNull();
        assertThat(rule.decide(0.25f)).isTrue();
    }
}

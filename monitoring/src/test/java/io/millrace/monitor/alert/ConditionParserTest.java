/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.monitor.alert.AlertCondition.InState;
import io.millrace.monitor.alert.AlertCondition.Operator;
import io.millrace.monitor.alert.AlertCondition.Subject;
import io.millrace.monitor.alert.AlertCondition.Threshold;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionParserTest {

    private static final List<String> NAMES = List.of("psi", "missing", "roc_auc", "roc_auc/exact");

    @Test
    void readsMetricsDefinitionsFeaturesAndPercents() {
        assertThat(parse("psi > 0.2")).isEqualTo(new Threshold(new Subject("psi", null), Operator.GREATER, 0.2));
        assertThat(parse(" missing( amount )>=1% "))
                .isEqualTo(new Threshold(new Subject("missing", "amount"), Operator.AT_LEAST, 0.01));
        assertThat(parse("roc_auc/exact<.9"))
                .isEqualTo(new Threshold(new Subject("roc_auc/exact", null), Operator.LESS, 0.9));
        assertThat(parse("psi <= -1e-3")).isEqualTo(new Threshold(new Subject("psi", null), Operator.AT_MOST, -1e-3));
        assertThat(parse("psi is Alarm")).isEqualTo(new InState(new Subject("psi", null), State.ALARM));
        assertThat(ConditionParser.parse("unheard_of > 1", List.of())).isInstanceOf(Threshold.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pis > 0.2|column 1: no metric 'pis'. Did you mean 'psi'?",
                "psi = 0.2|column 5: '=' does not compare. Write >, >=, <, <= or 'is', as in psi > 0.2",
                "psi 0.2|column 5: expected a comparison: >, >=, <, <= or 'is', found '0.2'",
                "psi >|column 6: expected a number such as 0.2 or 1%, found the end",
                "psi is ok|column 8: a signal is not 'ok' when it should be told of. Write warning or alarm",
                "> 0.2|column 1: expected a metric, as in psi > 0.2, found '> 0.2'",
                "psi > 0.2 && psi > 1|column 11: '&& psi > 1' is left over. A condition is one comparison, such as psi >"
                        + " 0.2; write a second rule for a second one",
            })
    void saysWhereAndTheCure(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ConditionException.class)
                .hasMessage(message);
    }

    private static AlertCondition parse(String text) {
        return ConditionParser.parse(text, NAMES);
    }
}

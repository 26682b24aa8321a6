/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Text;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.ExplainSpec;
import io.millrace.pipeline.spec.ExplainSpec.Method;
import java.time.Duration;
import java.util.List;

/** {@code explain}: which predictions are explained, and how. */
final class ExplainReader {

    private static final Key<Method> METHOD = Key.required(
            "method",
            Choice.of(Method.INTEGRATED_GRADIENTS.word(), Method.INTEGRATED_GRADIENTS)
                    .or(Method.OCCLUSION.word(), Method.OCCLUSION)
                    .or(Method.KERNEL_SHAP.word(), Method.KERNEL_SHAP)
                    .or(Method.COUNTERFACTUAL.word(), Method.COUNTERFACTUAL),
            "how the contributions of features are found");
    private static final Key<String> WHEN = Key.withDefault(
            "when",
            Text.of("a condition such as score >= 0.8").orLiteral(),
            ExplainSpec.ALWAYS,
            "which predictions are explained, an expression over `score`");
    private static final Key<Integer> TOP =
            Key.withDefault("top", new Whole(1, 1_000), ExplainSpec.DEFAULT_TOP, "how many reasons are told");
    private static final Key<Duration> BUDGET = Key.withDefault(
            "budget",
            new TimeSpan(Duration.ofMillis(1)),
            ExplainSpec.DEFAULT_BUDGET,
            "how long a prediction waits for its explanation; then it goes without, and says so");

    static final Section<ExplainSpec> EXPLAIN = new Section<>(
            "an explanation",
            "Which features made a score what it is, told with the prediction",
            List.of(METHOD, WHEN, TOP, BUDGET),
            values -> new ExplainSpec(values.get(METHOD), values.get(WHEN), values.get(TOP), values.get(BUDGET)));

    private ExplainReader() {}
}

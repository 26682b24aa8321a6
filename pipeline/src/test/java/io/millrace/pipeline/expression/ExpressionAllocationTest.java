/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An evaluation allocates nothing. */
class ExpressionAllocationTest {

    private static final int EVALUATIONS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SlotScope scope = new SlotScope()
            .numbers("amount")
            .features("mean_7d")
            .times("tx_time", "opened_at")
            .texts("channel");
    private final Frame frame = scope.frame();
    private double sink;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount / mean_7d",
                "day_of_week(tx_time) >= 6 && hour(tx_time, \"Europe/Berlin\") <= 6",
                "channel in [\"app\", \"web\"] ? log1p(abs(amount)) : days_between(opened_at, tx_time)",
                "coalesce(channel, \"none\").startsWith(\"w\") || is_missing(amount)",
                "year(tx_time) + day_of_year(opened_at) * clamp(amount, 0, size(channel))"
            })
    void evaluationAllocatesNothing(String text) {
        scope.set(frame, "amount", 12.5);
        scope.set(frame, "mean_7d", 5);
        scope.set(frame, "tx_time", 1_790_000_000_000.0);
        scope.set(frame, "opened_at", 1_700_000_000_000.0);
        scope.set(frame, "channel", "web");
        Expression expression = ExpressionCompiler.compile(text, scope);
        evaluate(expression);
        long before = threads.getCurrentThreadAllocatedBytes();
        evaluate(expression);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(EVALUATIONS);
        assertThat(sink).isFinite();
    }

    private void evaluate(Expression expression) {
        for (int i = 0; i < EVALUATIONS; i++) {
            sink += expression.number(frame);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import static io.millrace.pipeline.expression.ExpressionType.BOOLEAN;
import static io.millrace.pipeline.expression.ExpressionType.NUMBER;
import static io.millrace.pipeline.expression.ExpressionType.TEXT;
import static io.millrace.pipeline.expression.ExpressionType.TIME;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.function.Function.Notation;
import io.millrace.pipeline.expression.node.Coalesce;
import java.util.List;

/** Functions that see a missing value instead of being missing themselves. */
final class MissingFunctions {

    private MissingFunctions() {}

    static List<Function> all() {
        return List.of(coalesce(), isMissing());
    }

    private static Function coalesce() {
        return Function.of(
                "coalesce",
                Notation.CALL,
                "The first value, or the second when the first is missing.",
                coalesce(NUMBER, a -> Coalesce.ofNumbers(a.number(0), a.number(1))),
                coalesce(TIME, a -> Coalesce.ofTimes(a.time(0), a.time(1))),
                coalesce(TEXT, a -> Coalesce.ofTexts(a.text(0), a.text(1))),
                coalesce(BOOLEAN, a -> Coalesce.ofTruths(a.truth(0), a.truth(1))));
    }

    private static Overload coalesce(ExpressionType type, Overload.Builder builder) {
        return Overload.of(type, builder, Parameter.of("first", type), Parameter.of("second", type));
    }

    private static Function isMissing() {
        return Function.of(
                "is_missing",
                Notation.CALL,
                "Whether the value is missing: true or false, never missing itself.",
                Overload.of(BOOLEAN, a -> Coalesce.isMissingNumber(a.number(0)), Parameter.of("value", NUMBER)),
                Overload.of(BOOLEAN, a -> Coalesce.isMissingTime(a.time(0)), Parameter.of("value", TIME)),
                Overload.of(BOOLEAN, a -> Coalesce.isMissingText(a.text(0)), Parameter.of("value", TEXT)),
                Overload.of(BOOLEAN, a -> Coalesce.isMissingTruth(a.truth(0)), Parameter.of("value", BOOLEAN)));
    }
}

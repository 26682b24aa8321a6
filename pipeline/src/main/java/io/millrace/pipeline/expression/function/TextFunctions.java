/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import static io.millrace.pipeline.expression.ExpressionType.BOOLEAN;
import static io.millrace.pipeline.expression.ExpressionType.NUMBER;
import static io.millrace.pipeline.expression.ExpressionType.TEXT;

import com.google.re2j.Pattern;
import io.millrace.pipeline.expression.function.Function.Notation;
import io.millrace.pipeline.expression.node.TextTest;
import java.util.List;
import java.util.function.BiPredicate;

/** Functions of texts. */
final class TextFunctions {

    private TextFunctions() {}

    static List<Function> all() {
        return List.of(
                test("contains", "Whether the part stands anywhere in the text.", String::contains),
                test("startsWith", "Whether the text begins with the part.", String::startsWith),
                test("endsWith", "Whether the text ends with the part.", String::endsWith),
                matches(),
                size());
    }

    private static Function test(String name, String summary, BiPredicate<String, String> test) {
        return Function.of(
                name,
                Notation.METHOD,
                summary,
                Overload.of(
                        BOOLEAN,
                        a -> TextTest.of(a.text(0), a.text(1), test),
                        Parameter.of("text", TEXT),
                        Parameter.of("part", TEXT)));
    }

    private static Function matches() {
        return Function.of(
                "matches",
                Notation.METHOD,
                "Whether the regular expression (RE2) is found anywhere in the text; anchor it with ^ and $.",
                Overload.of(
                        BOOLEAN,
                        a -> TextTest.matches(a.text(0), Pattern.compile(a.literal(1))),
                        Parameter.of("text", TEXT),
                        Parameter.literal("pattern", LiteralKind.PATTERN)));
    }

    private static Function size() {
        return Function.of(
                "size",
                Notation.CALL_OR_METHOD,
                "The number of characters (Unicode code points); also written text.size().",
                Overload.of(NUMBER, a -> TextTest.size(a.text(0)), Parameter.of("text", TEXT)));
    }
}

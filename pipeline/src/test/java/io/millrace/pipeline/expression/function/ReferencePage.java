/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The text of {@code docs/expressions.md}, from the tables of functions and operators. */
final class ReferencePage {

    private static final String INTRODUCTION = """
            # Expressions

            An expression computes a value from the fields of an event and from other features. It is written in
            [CEL](https://cel.dev), the part of it that this page lists, and appears wherever the pipeline file calculates:
            `value: "amount / customer_mean_7d"`, `where: "amount > 0"`, `positive_when: "score >= 0.5"`.

            ## Types

            | type | what it is | literals |
            |---|---|---|
            | NUMBER | a double; every numeric field is read as one, and `5` is `5.0` | `5`, `-2.5`, `1e3`, `0x1F` |
            | BOOLEAN | true or false | `true`, `false` |
            | TEXT | a string, or the symbol of an enum | `"web"`, `'web'`, `r"\\d+"` |
            | TIME | a moment, with milliseconds | `timestamp("2026-01-31T00:00:00Z")` |

            Types never mix: what does not fit is refused when the pipeline file is read, with line and column.
            Names with dots (`device.os`, `customers.opened_at`) are fields of nested records and of tables.
            `//` begins a comment that reaches to the end of its line.

            ## Missing values

            A null field is missing, and so is a division by zero and any result that is not finite. What is computed from a
            missing value is missing too, comparisons included, as errors are in CEL, with these exceptions:

            - `false && x` and `x && false` are false, `true || x` and `x || true` are true, whatever x is;
            - `c ? a : b` is missing only when c is, or the branch that c chooses;
            - `coalesce(a, b)` and `is_missing(x)` look at a missing value without becoming missing.

            The key `missing` of a feature says what stands in for it at the end.

            ## Limits

            At most 10,000 characters, nested at most 100 deep. There are no lists but after `in`, no maps, no clock and no
            chance: a value is a function of the event, so that a replay gives the same one. Evaluation allocates nothing,
            but for `matches`.
            """;

    private ReferencePage() {}

    static String text() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        section(page, "Operators", Operators.all());
        page.append(
                "| `a in [literals]` | NUMBER or TEXT | BOOLEAN | Whether the left side stands in the list of literals. |\n");
        page.append(
                        "\nThey bind as in CEL, from loose to tight: `?:`, `||`, `&&`, comparisons and `in`, `+ -`, `* / %`,")
                .append(" `! -`; parentheses group.\n");
        FunctionTable.titled().forEach((title, functions) -> section(page, title, functions));
        return page.toString();
    }

    private static void section(StringBuilder page, String title, Collection<Function> functions) {
        page.append("\n## ").append(title).append("\n\n| written | of | gives | what it is |\n|---|---|---|---|\n");
        for (Function function : functions) {
            for (String form : function.forms()) {
                page.append(row(function, form));
            }
        }
    }

    private static String row(Function function, String form) {
        List<Overload> overloads = function.overloads().stream()
                .filter(overload -> function.form(overload).equals(form))
                .toList();
        return "| " + cell('`' + form + '`') + " | "
                + alternatives(overloads.stream().map(ReferencePage::parameters).toList())
                + " | "
                + alternatives(overloads.stream()
                        .map(overload -> overload.result().name())
                        .toList()) + " | "
                + cell(function.summary()) + " |\n";
    }

    private static String parameters(Overload overload) {
        return overload.parameters().stream()
                .map(parameter -> parameter.literal() == null
                        ? parameter.type().name()
                        : parameter.literal().meaning())
                .collect(Collectors.joining(", "));
    }

    private static String alternatives(List<String> alternatives) {
        return alternatives.stream().distinct().collect(Collectors.joining("; "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}

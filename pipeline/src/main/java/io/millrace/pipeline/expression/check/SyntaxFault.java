/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import io.millrace.pipeline.expression.ExpressionException.Fault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first complaint of CEL's parser, in words for the person who wrote the expression. */
final class SyntaxFault {

    private static final String RESERVED = "reserved identifier: ";
    private static final String UNSUPPORTED = "unsupported syntax ";

    /** What people write out of habit from other languages. */
    private static final Map<String, String> HABITS = Map.ofEntries(
            Map.entry("=", "Write == to compare."),
            Map.entry("===", "Write == to compare."),
            Map.entry("!==", "Write != to compare."),
            Map.entry("<>", "Write != to compare."),
            Map.entry("=<", "Write <= to compare."),
            Map.entry("=>", "Write >= to compare."),
            Map.entry("is", "Write == to compare."),
            Map.entry("&", "Write && for 'and'."),
            Map.entry("and", "Write && for 'and'."),
            Map.entry("AND", "Write && for 'and'."),
            Map.entry("|", "Write || for 'or'."),
            Map.entry("or", "Write || for 'or'."),
            Map.entry("OR", "Write || for 'or'."),
            Map.entry("not", "Write ! for 'not'."),
            Map.entry("NOT", "Write ! for 'not'."),
            Map.entry("#", "Write // before a comment."),
            Map.entry("/*", "Write // before a comment."),
            Map.entry("^", "Write pow(base, exponent)."),
            Map.entry("**", "Write pow(base, exponent)."),
            Map.entry("else", "Write condition ? a : b."),
            Map.entry("if", "Write condition ? a : b."),
            Map.entry("then", "Write condition ? a : b."));

    private final SourceText source;
    private final String complaint;
    private final int offset;

    SyntaxFault(SourceText source, CelValidationException refused) {
        CelIssue issue = refused.getErrors().get(0);
        this.source = source;
        this.complaint = issue.getMessage();
        this.offset = source.offsetOfCodePoint(
                refused.getSource().getLocationOffset(issue.getSourceLocation()).orElse(0));
    }

    static String tooLong(int length) {
        return "the expression is " + length + " characters long, and may have " + SyntaxTree.GREATEST_LENGTH
                + ". Split it into several features.";
    }

    static String tooDeep() {
        return "the expression is nested more than " + SyntaxTree.GREATEST_DEPTH
                + " deep. Give its inner parts features of their own.";
    }

    Fault fault() {
        if (complaint.contains("recursion limit")) {
            return source.fault(0, tooDeep());
        }
        Fault habit = habit();
        if (habit != null) {
            return habit;
        }
        return source.fault(offset, source.endsAt(offset) ? endMessage() : message());
    }

    private @Nullable Fault habit() {
        if (source.endsAt(offset)) {
            return null;
        }
        int operator = source.operatorStart(offset);
        int before = source.wordStartBefore(offset);
        int first = source.text().length() - source.text().stripLeading().length();
        for (int start : new int[] {operator, before, first}) {
            String token = source.tokenAt(start);
            String cure = HABITS.get(token);
            if (cure != null) {
                return source.fault(start, "'" + token + "' is not part of expressions. " + cure);
            }
        }
        return null;
    }

    private String endMessage() {
        if (source.text().isBlank()) {
            return "the expression is empty. Write the name of a field, or a calculation.";
        }
        if (wantsValue()) {
            return "the expression ends where a value should follow.";
        }
        if (complaint.contains("':'")) {
            return "the expression ends before its second branch. Write condition ? a : b.";
        }
        return "the expression ends before it is closed by '" + (complaint.contains("']'") ? "]" : ")") + "'.";
    }

    private String message() {
        String token = source.tokenAt(offset);
        if (complaint.startsWith(RESERVED)) {
            return "'" + token
                    + "' is a reserved word. Rename the field in the schema, with the old name as its alias.";
        }
        if (complaint.startsWith("For input string")) {
            return token + " is too great for a whole number. Write " + token + ".0 instead.";
        }
        if (complaint.startsWith(UNSUPPORTED)) {
            String sign = complaint.substring(UNSUPPORTED.length());
            return sign + " is not part of expressions. "
                    + (sign.equals("'`'") ? "Names need no quotes." : "Write is_missing(x) or coalesce(x, y).");
        }
        return complaint.startsWith("token recognition error") ? unreadable(token) : misplaced(token);
    }

    private String unreadable(String token) {
        char first = source.at(offset);
        if (first == '"' || first == '\'') {
            return "the text that starts here cannot be read. Close it with " + first
                    + ", and write \\\\ for a backslash.";
        }
        String cure = Character.isLetter(token.codePointAt(0)) ? " Names are made of a to z, digits and _." : "";
        return "'" + token + "' cannot be read." + cure;
    }

    private String misplaced(String token) {
        char before = source.at(offset - 1);
        if (before == '"' || before == '\'') {
            return "the text ends before '" + token + "'. Write \\" + before + " for a quote inside a text.";
        }
        return "found '" + token + "' where " + (wantsValue() ? "a value" : "an operator or the end")
                + " should stand.";
    }

    private boolean wantsValue() {
        return complaint.contains("IDENTIFIER") || complaint.startsWith("no viable alternative");
    }
}

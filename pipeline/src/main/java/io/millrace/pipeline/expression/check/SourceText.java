/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import io.millrace.pipeline.expression.ExpressionException.Fault;

/** The text of an expression, for finding places in it. Offsets are in UTF-16 units, as {@code String} counts. */
record SourceText(String text) {

    private static final String OPERATOR_CHARACTERS = "=<>!&|*^+-/%~";

    /** The offset of the code point with that number. */
    int offsetOfCodePoint(int number) {
        return text.offsetByCodePoints(0, Math.min(number, text.codePointCount(0, text.length())));
    }

    Fault fault(int offset, String message) {
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        int line = (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Fault(line, text.codePointCount(lineStart, offset) + 1, message);
    }

    boolean endsAt(int offset) {
        return offset >= text.length();
    }

    char at(int offset) {
        return offset < 0 || endsAt(offset) ? ' ' : text.charAt(offset);
    }

    /** The name, number, run of operator characters or single character that starts at an offset. */
    String tokenAt(int offset) {
        int end = offset;
        while (isWordCharacter(at(end))) {
            end++;
        }
        if (end == offset) {
            end = operatorEnd(offset);
        }
        return end > offset ? text.substring(offset, end) : Character.toString(text.codePointAt(offset));
    }

    /** Where the word starts that stands before an offset, spaces between them set aside. */
    int wordStartBefore(int offset) {
        int start = offset;
        while (start > 0 && Character.isWhitespace(at(start - 1))) {
            start--;
        }
        while (isWordCharacter(at(start - 1))) {
            start--;
        }
        return start;
    }

    /** Where the run of operator characters around an offset starts: the offset itself when it is in none. */
    int operatorStart(int offset) {
        int start = offset;
        while (start > 0 && isOperatorCharacter(at(offset)) && isOperatorCharacter(at(start - 1))) {
            start--;
        }
        return start;
    }

    private int operatorEnd(int offset) {
        int end = offset;
        while (isOperatorCharacter(at(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWordCharacter(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean isOperatorCharacter(char c) {
        return OPERATOR_CHARACTERS.indexOf(c) >= 0;
    }
}

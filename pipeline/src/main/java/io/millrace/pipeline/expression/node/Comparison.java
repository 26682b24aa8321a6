/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static io.millrace.pipeline.expression.Expression.FALSE;
import static io.millrace.pipeline.expression.Expression.MISSING;
import static io.millrace.pipeline.expression.Expression.TRUE;

/**
 * How two values of one type stand to each other; missing when either is missing.
 *
 * <p>Texts are ordered by their UTF-16 units, as {@link String#compareTo} does. Truths have no order.
 */
public enum Comparison {
    EQUAL,
    UNEQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    public TruthNode ofNumbers(NumberNode left, NumberNode right) {
        return switch (this) {
            case EQUAL -> equalNumbers(left, right);
            case UNEQUAL -> Logic.not(equalNumbers(left, right));
            case LESS -> lessNumbers(left, right);
            case LESS_OR_EQUAL -> Logic.not(lessNumbers(right, left));
            case GREATER -> lessNumbers(right, left);
            case GREATER_OR_EQUAL -> Logic.not(lessNumbers(left, right));
        };
    }

    public TruthNode ofTimes(TimeNode left, TimeNode right) {
        return ofNumbers(left::millis, right::millis);
    }

    public TruthNode ofTexts(TextNode left, TextNode right) {
        return switch (this) {
            case EQUAL -> equalTexts(left, right);
            case UNEQUAL -> Logic.not(equalTexts(left, right));
            case LESS -> lessTexts(left, right);
            case LESS_OR_EQUAL -> Logic.not(lessTexts(right, left));
            case GREATER -> lessTexts(right, left);
            case GREATER_OR_EQUAL -> Logic.not(lessTexts(left, right));
        };
    }

    public TruthNode ofTruths(TruthNode left, TruthNode right) {
        return switch (this) {
            case EQUAL -> equalTruths(left, right);
            case UNEQUAL -> Logic.not(equalTruths(left, right));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                throw new IllegalArgumentException(this + " is no comparison of truths");
        };
    }

    private static TruthNode equalNumbers(NumberNode left, NumberNode right) {
        return frame -> {
            double first = left.number(frame);
            double second = right.number(frame);
            return Double.isNaN(first) || Double.isNaN(second) ? MISSING : truth(first == second);
        };
    }

    private static TruthNode lessNumbers(NumberNode left, NumberNode right) {
        return frame -> {
            double first = left.number(frame);
            double second = right.number(frame);
            return Double.isNaN(first) || Double.isNaN(second) ? MISSING : truth(first < second);
        };
    }

    private static TruthNode equalTexts(TextNode left, TextNode right) {
        return frame -> {
            String first = left.text(frame);
            String second = right.text(frame);
            return first == null || second == null ? MISSING : truth(first.equals(second));
        };
    }

    private static TruthNode lessTexts(TextNode left, TextNode right) {
        return frame -> {
            String first = left.text(frame);
            String second = right.text(frame);
            return first == null || second == null ? MISSING : truth(first.compareTo(second) < 0);
        };
    }

    private static TruthNode equalTruths(TruthNode left, TruthNode right) {
        return frame -> {
            byte first = left.truth(frame);
            byte second = right.truth(frame);
            return first == MISSING || second == MISSING ? MISSING : truth(first == second);
        };
    }

    static byte truth(boolean value) {
        return value ? TRUE : FALSE;
    }
}

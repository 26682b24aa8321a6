/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A function or an operator.
 *
 * @param name as it is written: {@code hour}, {@code +}
 * @param summary one line for the reference page, a sentence
 * @param overloads at least one
 */
public record Function(String name, Notation notation, String summary, List<Overload> overloads) {

    public Function {
        overloads = List.copyOf(overloads);
    }

    static Function of(String name, Notation notation, String summary, Overload... overloads) {
        return new Function(name, notation, summary, List.of(overloads));
    }

    /** How a function is written. */
    public enum Notation {
        /** {@code hour(tx_time)}. */
        CALL,
        /** {@code channel.contains("web")}. */
        METHOD,
        /** Either way. */
        CALL_OR_METHOD,
        /** {@code amount + fee}. */
        OPERATOR;

        public boolean allowsCall() {
            return this == CALL || this == CALL_OR_METHOD;
        }

        public boolean allowsMethod() {
            return this == METHOD || this == CALL_OR_METHOD;
        }
    }

    /** The ways to write it, each once: {@code hour(time)}, {@code hour(time, "zone")}. */
    public List<String> forms() {
        return overloads.stream().map(this::form).distinct().toList();
    }

    /** How an overload is written: {@code text.contains(part)}. */
    public String form(Overload overload) {
        List<String> names = overload.parameters().stream()
                .map(parameter -> parameter.literal() == null ? parameter.name() : '"' + parameter.name() + '"')
                .toList();
        return switch (notation) {
            case CALL, CALL_OR_METHOD -> name + names.stream().collect(Collectors.joining(", ", "(", ")"));
            case METHOD ->
                names.get(0) + '.' + name + names.stream().skip(1).collect(Collectors.joining(", ", "(", ")"));
            case OPERATOR ->
                switch (names.size()) {
                    case 1 -> name + 'a';
                    case 2 -> "a " + name + " b";
                    default -> "c ? a : b";
                };
        };
    }

    /** What stands in a place, for messages: {@code argument 1 of 'hour'}, {@code the left side of '+'}. */
    public String place(int index) {
        return switch (notation) {
            case CALL, CALL_OR_METHOD -> "argument " + (index + 1) + " of '" + name + "'";
            case METHOD ->
                index == 0 ? "what stands before '." + name + "'" : "argument " + index + " of '" + name + "'";
            case OPERATOR -> "the " + overloads.get(0).parameters().get(index).name() + " of '" + name + "'";
        };
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import io.millrace.pipeline.expression.function.Function;
import io.millrace.pipeline.expression.function.FunctionTable;
import io.millrace.pipeline.expression.function.LiteralKind;
import io.millrace.pipeline.expression.function.Operators;
import io.millrace.pipeline.expression.function.Overload;
import io.millrace.pipeline.expression.function.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Random well-typed expressions over the variables of a scope, from every function and operator of the tables. */
final class ExpressionGenerator {

    private record Call(Function function, Overload overload) {}

    private static final List<Call> CALLS = Stream.concat(FunctionTable.all().stream(), Operators.all().stream())
            .flatMap(function -> function.overloads().stream().map(overload -> new Call(function, overload)))
            .toList();
    private static final List<String> NUMBERS =
            List.of("0", "1", "-1", "2", "7", "0.5", "-2.5", "100", "1e-3", "1e308", "0x10");
    private static final List<String> TEXTS =
            List.of("''", "'web'", "\"app\"", "'w'", "'\\u00e9t\\u00e9'", "'\\U0001F600x'", "'it\\'s'");
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "-03:30");
    private static final List<String> PATTERNS = List.of("^w", "[a-p]+$", "", "(web|app)", "\\\\d", ".", "x{2,3}");
    private static final List<String> MOMENTS = List.of(
            "1970-01-01T00:00:00Z", "2024-02-29T23:59:59.999Z", "1899-12-31T12:00:00Z", "2026-07-29T08:15:00+02:00");

    private final Random random;
    private final List<Scope.Variable> variables;

    ExpressionGenerator(Random random, SlotScope scope) {
        this.random = random;
        this.variables = new ArrayList<>(scope.variables());
    }

    String expression(ExpressionType type, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return leaf(type);
        }
        if (type == ExpressionType.BOOLEAN && random.nextInt(10) == 0) {
            return membership(depth - 1);
        }
        List<Call> calls =
                CALLS.stream().filter(call -> call.overload().result() == type).toList();
        return calls.isEmpty() ? leaf(type) : call(one(calls), depth - 1);
    }

    private String leaf(ExpressionType type) {
        List<String> names = variables.stream()
                .filter(variable -> variable.type() == type)
                .map(Scope.Variable::name)
                .toList();
        return random.nextInt(4) > 0 ? one(names) : literal(type);
    }

    private String literal(ExpressionType type) {
        return switch (type) {
            case NUMBER -> one(NUMBERS);
            case BOOLEAN -> random.nextBoolean() ? "true" : "false";
            case TEXT -> one(TEXTS);
            case TIME -> "timestamp('" + one(MOMENTS) + "')";
        };
    }

    private String membership(int depth) {
        boolean numbers = random.nextBoolean();
        List<String> literals = random.ints(1 + random.nextInt(12), 0, numbers ? NUMBERS.size() : TEXTS.size())
                .mapToObj(numbers ? NUMBERS::get : TEXTS::get)
                .toList();
        ExpressionType type = numbers ? ExpressionType.NUMBER : ExpressionType.TEXT;
        return "(" + expression(type, depth) + " in [" + String.join(", ", literals) + "])";
    }

    private String call(Call call, int depth) {
        List<String> arguments = call.overload().parameters().stream()
                .map(parameter -> argument(parameter, depth))
                .toList();
        String name = call.function().name();
        return switch (call.function().notation()) {
            case CALL -> name + "(" + String.join(", ", arguments) + ")";
            case METHOD -> method(name, arguments);
            case CALL_OR_METHOD ->
                random.nextBoolean() ? name + "(" + String.join(", ", arguments) + ")" : method(name, arguments);
            case OPERATOR -> operator(name, arguments);
        };
    }

    private static String method(String name, List<String> arguments) {
        return "(" + arguments.get(0) + ")." + name + "(" + String.join(", ", arguments.subList(1, arguments.size()))
                + ")";
    }

    private static String operator(String symbol, List<String> arguments) {
        return switch (arguments.size()) {
            case 1 -> symbol + "(" + arguments.get(0) + ")";
            case 2 -> "(" + arguments.get(0) + " " + symbol + " " + arguments.get(1) + ")";
            default -> "(" + arguments.get(0) + " ? " + arguments.get(1) + " : " + arguments.get(2) + ")";
        };
    }

    private String argument(Parameter parameter, int depth) {
        LiteralKind kind = parameter.literal();
        return kind == null ? expression(parameter.type(), depth) : '"' + one(literals(kind)) + '"';
    }

    private static List<String> literals(LiteralKind kind) {
        return switch (kind) {
            case ZONE -> ZONES;
            case PATTERN -> PATTERNS;
            case MOMENT -> MOMENTS;
        };
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

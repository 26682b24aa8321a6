/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.millrace.pipeline.expression.function.Function;
import io.millrace.pipeline.expression.function.FunctionTable;
import io.millrace.pipeline.expression.function.Overload;
import io.millrace.pipeline.expression.function.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same expressions, evaluated by cel-java: its parser, its checker, its runtime. Missing is an error there, the one
 * of {@link CelArithmetic}. Functions that CEL has itself are CEL's, the others are written a second time in
 * {@link CelFunctions}.
 */
final class CelOracle {

    /** Functions that cel-java brings along, or that {@link CelRewrite} expresses by others. */
    private static final Set<String> OF_CEL =
            Set.of("contains", "startsWith", "endsWith", "matches", "size", "timestamp", "coalesce", "is_missing");

    private final SlotScope scope;
    private final CelCompiler compiler;
    private final CelRuntime runtime;

    CelOracle(SlotScope scope) {
        this.scope = scope;
        CelCompilerBuilder declarations = CelCompilerFactory.standardCelCompilerBuilder();
        scope.variables().forEach(variable -> declarations.addVar(variable.name(), handedOver(variable.type())));
        List<CelFunctionBinding> bindings = new ArrayList<>(CelArithmetic.bindings());
        declarations.addFunctionDeclarations(CelArithmetic.declarations());
        for (Function function : FunctionTable.all()) {
            if (!OF_CEL.contains(function.name())) {
                declarations.addFunctionDeclarations(declaration(function));
                bindings.addAll(CelFunctions.bindings(function));
            }
        }
        this.compiler = declarations.build();
        this.runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .addFunctionBindings(bindings)
                .build();
    }

    private static CelFunctionDecl declaration(Function function) {
        return CelFunctionDecl.newFunctionDeclaration(
                function.name(),
                function.overloads().stream()
                        .map(overload -> CelOverloadDecl.newGlobalOverload(
                                id(function, overload), type(overload.result()), types(overload)))
                        .toList());
    }

    static String id(Function function, Overload overload) {
        return function.name() + "_" + overload.parameters().size();
    }

    private static List<CelType> types(Overload overload) {
        return overload.parameters().stream()
                .map(Parameter::type)
                .map(CelOracle::type)
                .toList();
    }

    private static CelType handedOver(ExpressionType type) {
        return type == ExpressionType.BOOLEAN ? SimpleType.INT : type(type);
    }

    private static CelType type(ExpressionType type) {
        return switch (type) {
            case NUMBER -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case TEXT -> SimpleType.STRING;
            case TIME -> SimpleType.TIMESTAMP;
        };
    }

    CelRuntime.Program program(String text) {
        try {
            CelAbstractSyntaxTree tree = CelRewrite.of(compiler.parse(text).getAst());
            return runtime.createProgram(compiler.check(tree).getAst());
        } catch (CelValidationException | CelEvaluationException refused) {
            throw new AssertionError(text + " is refused by cel-java", refused);
        }
    }

    /** The value of a program: Double, Boolean, String or Instant; null when missing. */
    @Nullable
    Object value(CelRuntime.Program program, Frame frame) {
        try {
            return program.eval(activation(frame));
        } catch (CelEvaluationException refused) {
            if (CelArithmetic.isMissing(refused)) {
                return null;
            }
            throw new AssertionError("an error of cel-java that means more than missing", refused);
        }
    }

    private Map<String, Object> activation(Frame frame) {
        Map<String, Object> values = new HashMap<>();
        scope.variables().forEach(variable -> values.put(variable.name(), value(variable, frame)));
        return values;
    }

    private static Object value(Scope.Variable variable, Frame frame) {
        if (variable.type() == ExpressionType.TEXT) {
            return Objects.requireNonNullElse(frame.texts[variable.slot()], CelArithmetic.MISSING_TEXT);
        }
        double value = (variable.bank() == Scope.Bank.NUMBERS ? frame.numbers : frame.features)[variable.slot()];
        return switch (variable.type()) {
            case NUMBER -> value;
            case BOOLEAN -> Double.isNaN(value) ? CelArithmetic.MISSING_TRUTH : (long) value;
            case TIME -> Double.isNaN(value) ? CelArithmetic.MISSING_TIME : Instant.ofEpochMilli((long) value);
            case TEXT -> throw new IllegalStateException();
        };
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.millrace.pipeline.expression.Scope;
import io.millrace.pipeline.expression.function.Function;
import io.millrace.pipeline.expression.function.FunctionTable;
import io.millrace.pipeline.expression.node.Node;
import io.millrace.pipeline.expression.node.Slots;
import io.millrace.pipeline.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds variables by their names. A name with dots is one name. */
final class NameCheck {

    private final Scope scope;
    private final Faults faults;
    private final Map<String, Scope.Variable> variables = new LinkedHashMap<>();

    NameCheck(Scope scope, Faults faults) {
        this.scope = scope;
        this.faults = faults;
    }

    List<Scope.Variable> variables() {
        return List.copyOf(variables.values());
    }

    /** An identifier, or fields of identifiers. */
    @Nullable
    Node node(CelExpr part) {
        String name = path(part);
        if (name == null) {
            return faults.refuse(
                    part, "a calculated value has no field '" + part.select().field() + "'.");
        }
        Scope.Variable variable = scope.find(name);
        if (variable == null) {
            return faults.refuse(part, unknown(name));
        }
        variables.putIfAbsent(name, variable);
        return Slots.read(variable);
    }

    /** The name with its dots; null when it starts at something that is no name. */
    private static @Nullable String path(CelExpr part) {
        if (part.getKind() == Kind.IDENT) {
            return part.ident().name();
        }
        if (part.getKind() != Kind.SELECT) {
            return null;
        }
        String record = path(part.select().operand());
        return record == null ? null : record + '.' + part.select().field();
    }

    private String unknown(String name) {
        Function function = FunctionTable.find(name.substring(name.lastIndexOf('.') + 1));
        if (function != null) {
            return "'" + function.name() + "' is a function. Write " + String.join(" or ", function.forms()) + ".";
        }
        String cure = Refusals.ofName(name);
        return "nothing is called '" + name + "' here."
                + (cure == null ? Problems.suggest(name, scope.names()) : ' ' + cure);
    }
}

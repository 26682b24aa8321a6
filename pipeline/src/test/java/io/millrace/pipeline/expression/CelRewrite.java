/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelList;
import java.util.List;
import java.util.Set;

/** Says in CEL's own terms what our language means: numbers are doubles, and what is not finite is an error. */
final class CelRewrite {

    private static final Set<String> ARITHMETIC = Set.of("_+_", "_-_", "_*_", "_/_", "-_");

    /** Identities of nodes that are added: beyond those of the parser. */
    private long next = 1_000_000;

    private CelRewrite() {}

    static CelAbstractSyntaxTree of(CelAbstractSyntaxTree tree) {
        return CelAbstractSyntaxTree.newParsedAst(new CelRewrite().rewrite(tree.getExpr()), tree.getSource());
    }

    private CelExpr rewrite(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> constant(part);
            case IDENT, SELECT -> call(CelArithmetic.GIVEN, part);
            case LIST -> list(part);
            case CALL -> call(part.id(), rewriteArguments(part.call()));
            default -> part;
        };
    }

    private static CelExpr constant(CelExpr part) {
        return part.constant().getKind() == CelConstant.Kind.INT64_VALUE
                ? CelExpr.ofConstant(
                        part.id(), CelConstant.ofValue((double) part.constant().int64Value()))
                : part;
    }

    private CelExpr list(CelExpr part) {
        CelList.Builder list = CelList.newBuilder();
        part.list().elements().forEach(element -> list.addElements(rewrite(element)));
        return CelExpr.newBuilder().setId(part.id()).setList(list.build()).build();
    }

    private CelCall rewriteArguments(CelCall call) {
        CelCall.Builder rewritten = CelCall.newBuilder().setFunction(call.function());
        call.target().ifPresent(target -> rewritten.setTarget(rewrite(target)));
        call.args().forEach(argument -> rewritten.addArgs(rewrite(argument)));
        return rewritten.build();
    }

    private CelExpr call(long id, CelCall call) {
        List<CelExpr> arguments = call.args();
        if (ARITHMETIC.contains(call.function())) {
            return call(CelArithmetic.GIVEN, expr(id, call));
        }
        return switch (call.function()) {
            case "_%_" -> call(CelArithmetic.REMAINDER, arguments.get(0), arguments.get(1));
            case "size" -> call("double", expr(id, call));
            case "is_missing" -> isMissing(arguments.get(0));
            case "coalesce" ->
                call("_?_:_", isMissing(arguments.get(0)), copy(arguments.get(1)), copy(arguments.get(0)));
            default -> expr(id, call);
        };
    }

    /** {@code x != x} is false, or an error, which {@code @not_strictly_false} turns into true. */
    private CelExpr isMissing(CelExpr value) {
        return call("@not_strictly_false", call("_!=_", copy(value), copy(value)));
    }

    private CelExpr call(String function, CelExpr... arguments) {
        return expr(
                next++,
                CelCall.newBuilder().setFunction(function).addArgs(arguments).build());
    }

    private static CelExpr expr(long id, CelCall call) {
        return CelExpr.newBuilder().setId(id).setCall(call).build();
    }

    /** The same part under new identities, which must be unique in a tree. */
    private CelExpr copy(CelExpr part) {
        CelExpr.Builder copy = part.toBuilder().setId(next++);
        return switch (part.getKind()) {
            case CALL -> copy.setCall(copy(part.call())).build();
            case SELECT ->
                copy.setSelect(part.select().toBuilder()
                                .setOperand(copy(part.select().operand()))
                                .build())
                        .build();
            case LIST -> {
                CelList.Builder list = CelList.newBuilder();
                part.list().elements().forEach(element -> list.addElements(copy(element)));
                yield copy.setList(list.build()).build();
            }
            default -> copy.build();
        };
    }

    private CelCall copy(CelCall call) {
        CelCall.Builder copy = CelCall.newBuilder().setFunction(call.function());
        call.target().ifPresent(target -> copy.setTarget(copy(target)));
        call.args().forEach(argument -> copy.addArgs(copy(argument)));
        return copy.build();
    }
}

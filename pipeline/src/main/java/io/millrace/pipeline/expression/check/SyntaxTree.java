/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.check;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import io.millrace.pipeline.expression.ExpressionException;
import io.millrace.pipeline.expression.function.Operators;
import java.util.List;
import java.util.Map;

/**
 * A parsed expression, whose nodes know where they start in the text. Macros are not expanded: they are calls like any
 * other, to be refused by name.
 */
public final class SyntaxTree {

    static final int GREATEST_LENGTH = 10_000;
    static final int GREATEST_DEPTH = 100;

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current()
                    .maxExpressionCodePointSize(GREATEST_LENGTH)
                    .maxParseRecursionDepth(GREATEST_DEPTH)
                    .maxParseErrorRecoveryLimit(1)
                    .retainRepeatedUnaryOperators(true)
                    .enableQuotedIdentifierSyntax(false)
                    .build())
            .build();

    private final SourceText source;
    private final CelExpr root;
    private final Map<Long, Integer> positions;

    private SyntaxTree(SourceText source, CelAbstractSyntaxTree tree) {
        this.source = source;
        this.root = tree.getExpr();
        this.positions = tree.getSource().getPositionsMap();
    }

    /**
     * Parses a text.
     *
     * @throws ExpressionException when it is no CEL, or longer or deeper than an expression may be
     */
    public static SyntaxTree parse(String text) {
        SourceText source = new SourceText(text);
        if (text.length() > GREATEST_LENGTH) {
            throw new ExpressionException(List.of(source.fault(0, SyntaxFault.tooLong(text.length()))));
        }
        CelValidationResult result = PARSER.parse(text);
        try {
            return new SyntaxTree(source, result.getAst());
        } catch (CelValidationException refused) {
            throw new ExpressionException(List.of(new SyntaxFault(source, refused).fault()));
        }
    }

    CelExpr root() {
        return root;
    }

    SourceText source() {
        return source;
    }

    /** Where the first character of a part of the tree stands. */
    int start(CelExpr part) {
        int offset = source.offsetOfCodePoint(positions.getOrDefault(part.id(), 0));
        return switch (part.getKind()) {
            case SELECT -> start(part.select().operand());
            case STRUCT -> nameBefore(part.struct().messageName(), offset);
            case CALL -> startOfCall(part.call(), offset);
            default -> offset;
        };
    }

    /** The parser places a call at its parenthesis and an operator at its sign. */
    private int startOfCall(CelExpr.CelCall call, int offset) {
        if (call.target().isPresent()) {
            return start(call.target().get());
        }
        if (Operators.isPrefix(call.function())) {
            return offset;
        }
        return Operators.isOperator(call.function()) ? start(call.args().get(0)) : nameBefore(call.function(), offset);
    }

    private int nameBefore(String name, int offset) {
        return Math.max(0, source.text().lastIndexOf(name, offset));
    }
}

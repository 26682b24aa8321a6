/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.cel.common.types.SimpleType.TIMESTAMP;

import dev.cel.common.CelFunctionDecl;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Instant;
import java.util.List;

/**
 * What cel-java lacks: an error for a number that is not finite, the remainder of doubles, and an error for a variable
 * that is missing. (A variable that is not set is "unknown" to cel-java, which is another thing.) A missing variable is
 * set to a value that stands for it, and {@code given} turns that into the error.
 */
final class CelArithmetic {

    static final String GIVEN = "given";
    static final String REMAINDER = "remainder";

    /** A boolean is handed over as 1 or 0. */
    static final long MISSING_TRUTH = -1;

    static final String MISSING_TEXT = "\0 missing";
    static final Instant MISSING_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private CelArithmetic() {}

    /** What a function throws for missing. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static boolean isMissing(Throwable error) {
        Throwable cause = error;
        while (cause != null && !(cause instanceof Missing)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    static double finite(double value) {
        return given(value, !Double.isFinite(value));
    }

    private static <T> T given(T value, boolean missing) {
        if (missing) {
            throw new Missing();
        }
        return value;
    }

    static List<CelFunctionDecl> declarations() {
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        GIVEN,
                        newGlobalOverload("given_number", DOUBLE, DOUBLE),
                        newGlobalOverload("given_time", TIMESTAMP, TIMESTAMP),
                        newGlobalOverload("given_text", STRING, STRING),
                        newGlobalOverload("given_truth", BOOL, INT)),
                CelFunctionDecl.newFunctionDeclaration(
                        REMAINDER, newGlobalOverload("remainder", DOUBLE, DOUBLE, DOUBLE)));
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from("given_number", Double.class, CelArithmetic::finite),
                CelFunctionBinding.from("given_time", Instant.class, time -> given(time, time.equals(MISSING_TIME))),
                CelFunctionBinding.from("given_text", String.class, text -> given(text, text.equals(MISSING_TEXT))),
                CelFunctionBinding.from("given_truth", Long.class, truth -> given(truth, truth == MISSING_TRUTH) == 1),
                CelFunctionBinding.from("remainder", Double.class, Double.class, (x, y) -> finite(x % y)));
    }
}

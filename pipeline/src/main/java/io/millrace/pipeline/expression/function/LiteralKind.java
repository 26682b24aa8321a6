/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.pipeline.problem.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a text literal must hold where it is read once, when the expression is compiled. */
public enum LiteralKind {
    ZONE("the name of a time zone", "Europe/Berlin") {
        @Override
        public @Nullable String refuse(String literal) {
            try {
                ZoneId.of(literal);
                return null;
            } catch (DateTimeException unknown) {
                return "no time zone is called '" + literal + "'."
                        + Problems.suggest(literal, ZoneId.getAvailableZoneIds());
            }
        }
    },
    PATTERN("a regular expression", "^[A-Z]{2}") {
        @Override
        public @Nullable String refuse(String literal) {
            if (PatternSize.isTooGreat(literal)) {
                return "the pattern '" + literal + "' repeats too much. Its repetitions {n} may make "
                        + PatternSize.GREATEST + " steps.";
            }
            try {
                Pattern.compile(literal);
                return null;
            } catch (PatternSyntaxException malformed) {
                return "the pattern '" + literal + "' cannot be read: " + malformed.getDescription()
                        + ". Patterns are written in the syntax of RE2.";
            }
        }
    },
    MOMENT("a moment", "2026-01-31T00:00:00Z") {
        @Override
        public @Nullable String refuse(String literal) {
            try {
                return Math.abs(Instant.parse(literal).getEpochSecond()) <= GREATEST_SECONDS
                        ? null
                        : "'" + literal + "' is more than 100 million days from 1970.";
            } catch (DateTimeException malformed) {
                return "'" + literal + "' is not a moment. Write date, time and zone: \"2026-01-31T00:00:00Z\".";
            }
        }
    };

    private static final long GREATEST_SECONDS = 100_000_000L * 86_400;

    private final String meaning;
    private final String example;

    LiteralKind(String meaning, String example) {
        this.meaning = meaning;
        this.example = example;
    }

    /** What the literal holds, with its article. */
    public String meaning() {
        return meaning;
    }

    public String example() {
        return example;
    }

    /** Why the literal cannot be used; null when it can. */
    public abstract @Nullable String refuse(String literal);
}

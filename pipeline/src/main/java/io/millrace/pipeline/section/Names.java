/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.scalar.Text;

/** The kinds of names and texts that several sections use. */
final class Names {

    static final String STREAM = "stream";
    static final String FEATURE = "feature";

    static final Text PIPELINE = Text.of(
            "a pipeline's name",
            "[a-z][a-z0-9_-]{0,99}",
            "Use small letters, digits, '-' and '_', a letter first, at most 100.");

    static final Text FIELD = Text.of(
            "a field",
            "(?!.*\\.([.0-9]|$))[A-Za-z_][A-Za-z0-9_.]*",
            "Write its name as in the schema, dots between nested ones.");

    static final Text TOPIC = Text.of(
            "a Kafka topic",
            "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}",
            "Use letters, digits, '.', '_' and '-', at most 249.");

    /** Leaves room for the longest suffix of an output topic. */
    static final Text PREFIX = Text.of(
            "the beginning of a Kafka topic",
            "[A-Za-z0-9._-]{1,220}",
            "Use letters, digits, '.', '_' and '-', at most 220.");

    /** A name or version in the model store: it becomes a directory. */
    static final Text MODEL = Text.of(
            "a model's name or version",
            "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
            "Use letters, digits, '.', '_' and '-', a letter or digit first, at most 100.");

    static final Text EXPRESSION = Text.of("an expression").orLiteral();

    private Names() {}
}

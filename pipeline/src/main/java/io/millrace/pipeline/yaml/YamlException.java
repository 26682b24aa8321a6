/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.yaml;

import io.millrace.pipeline.problem.Position;

/** Text that is no YAML, or YAML that a pipeline file may not use: where it stopped making sense, and the cure. */
public final class YamlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    public YamlException(Position position, String message) {
        super(message);
        this.line = position.line();
        this.column = position.column();
    }

    public Position position() {
        return new Position(line, column);
    }
}

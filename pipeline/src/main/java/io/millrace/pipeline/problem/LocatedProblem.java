/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.problem;

import java.nio.file.Path;

/** A problem with the place in the file where it was found. */
public record LocatedProblem(Position position, Problem problem) {

    /** One line for a person: {@code pipeline.yaml:31:5 features.recent.over: message}. */
    public String line(Path file) {
        String where = file + ":" + position.line() + ":" + position.column();
        return problem.path().isEmpty()
                ? where + ": " + problem.message()
                : where + " " + problem.path() + ": " + problem.message();
    }
}

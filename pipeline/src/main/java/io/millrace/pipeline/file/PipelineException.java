/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import io.millrace.pipeline.problem.LocatedProblem;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a pipeline file, in the file's order. */
public final class PipelineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> lines;

    /** @param lines one problem each, with where, what and cure */
    public PipelineException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    static PipelineException of(Path file, List<LocatedProblem> problems) {
        return new PipelineException(problems.stream()
                .sorted(Comparator.comparing(LocatedProblem::position))
                .map(problem -> problem.line(file))
                .toList());
    }

    /** One problem each, ready to be printed. */
    public List<String> lines() {
        return lines;
    }
}

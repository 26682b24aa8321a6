/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import io.millrace.pipeline.problem.LocatedProblem;
import io.millrace.pipeline.problem.Problem;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.spec.PipelineSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pipeline file that was read: what it says, and where it says it.
 *
 * @param file as it was given to the reader
 * @param text as it stands in the file, variables not put in
 * @param spec whole, even where the file has problems besides
 * @param problems what is wrong with the file, in its order; empty after {@link PipelineFile#read}
 */
public record PipelineDocument(
        Path file, String text, PipelineSpec spec, SourceMap positions, List<LocatedProblem> problems) {

    public PipelineDocument {
        problems = List.copyOf(problems);
    }

    /** The directory that the file's relative paths start from. */
    public Path directory() {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** One line for a person: {@code file:line:column path: message}. */
    public String locate(Problem problem) {
        return positions.locate(problem).line(file);
    }

    /** Throws what is wrong with the file and what was found later, together in the file's order; nothing is fine. */
    public void fail(Problems later) {
        Stream<LocatedProblem> located = later.asList().stream().map(positions::locate);
        List<LocatedProblem> all = Stream.concat(problems.stream(), located).toList();
        if (!all.isEmpty()) {
            throw PipelineException.of(file, all);
        }
    }
}

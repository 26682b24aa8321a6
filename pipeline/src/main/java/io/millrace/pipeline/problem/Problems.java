/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects problems, so that a person sees all of them at once. Not thread-safe. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Adds a problem, unless it was found already: each step of a sequence has those of the whole. */
    public void add(String path, String message) {
        Problem problem = new Problem(path, message);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Problem> asList() {
        return List.copyOf(found);
    }

    /**
     * A tail for a message: {@code " Did you mean 'amount'?"} when a known name is near enough, else the known names when
     * they are few, else nothing.
     */
    public static String suggest(String found, Collection<String> known) {
        return Suggestion.of(found, known);
    }
}

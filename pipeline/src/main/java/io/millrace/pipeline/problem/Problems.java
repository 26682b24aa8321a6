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

    public void add(String path, String message) {
        found.add(new Problem(path, message));
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

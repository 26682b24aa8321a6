/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import java.util.function.Supplier;

/** Lets tests of other packages run what a loader runs. */
public final class FilteredAction {

    private FilteredAction() {}

    public static <T> T run(Supplier<T> action) {
        return LoaderFilterFactory.withoutDeserialization(action);
    }
}

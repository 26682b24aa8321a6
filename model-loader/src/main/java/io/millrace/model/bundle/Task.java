/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import java.util.Locale;

/** What a model answers. */
public enum Task {
    /** Is it so? One output, or two of which the second is the positive class; the score is that probability. */
    BINARY,
    /** Which one is it? One output per class; there is no single score. */
    MULTICLASS,
    /** How much? With one output, the score is that output. */
    REGRESSION,
    /** Which of these first? One output per item, each of which has a name; there is no single score. */
    RANKING;

    /** The word in bundle.json. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

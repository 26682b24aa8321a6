/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import java.util.Map;

/** What a command found, for a program and for a person. */
sealed interface Report permits BundleReport, ModelReport {

    Map<String, Object> asMap();

    /** Lines of a word and what it stands for. */
    String asText();

    /** One line. */
    static String line(String word, Object rest) {
        return "%-12s %s%n".formatted(word, rest);
    }
}

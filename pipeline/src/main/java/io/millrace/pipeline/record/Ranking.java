/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/**
 * The items that a ranking model puts first, best first.
 *
 * @param items their names
 * @param scores one for each, never rising
 */
public record Ranking(String[] items, float[] scores) {

    /** What a model that ranks nothing says. */
    public static final Ranking NONE = new Ranking(new String[0], new float[0]);

    public int size() {
        return items.length;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import io.millrace.model.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Tells features that are sequences, {@code recent[0], recent[1] …}, from features that are one value each. */
final class SequenceNames {

    private SequenceNames() {}

    /** The names of the features that fill a shape: one for each channel where all of them are sequences of its steps. */
    static List<String> of(Shape shape, List<String> slots) {
        if (!(shape instanceof Shape.Sequence)) {
            return slots;
        }
        int steps = shape.values() / shape.channels();
        List<String> sequences = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            String first = slots.get(slot - slot % steps);
            String name = first.endsWith("[0]") ? first.substring(0, first.length() - 3) : "";
            if (!slots.get(slot).equals(name + '[' + slot % steps + ']')) {
                return slots;
            }
            if (slot % steps == 0) {
                sequences.add(name);
            }
        }
        return sequences;
    }
}

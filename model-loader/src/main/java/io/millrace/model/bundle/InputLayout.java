/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.bundle;

import io.millrace.model.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * How the inputs of a network lie in one flat row: one after the other, each row-major in the order of its shape.
 *
 * @param inputs in the order of the network's inputs
 */
public record InputLayout(List<NetworkInput> inputs) {

    public InputLayout {
        inputs = List.copyOf(inputs);
        List<String> names = new ArrayList<>();
        inputs.forEach(input -> names.addAll(input.features()));
        if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("it needs at least one input, each feature named once");
        }
        if (inputs.stream().map(NetworkInput::name).distinct().count() != inputs.size()) {
            throw new IllegalArgumentException("two of its inputs have the same name");
        }
        if (inputs.stream().mapToLong(input -> input.shape().values()).sum() > Shape.MAX_VALUES) {
            throw new IllegalArgumentException("its inputs have more than " + Shape.MAX_VALUES + " values");
        }
    }

    /** One row of features, each one value. */
    public static InputLayout row(List<String> features) {
        return new InputLayout(List.of(NetworkInput.row(features)));
    }

    /** How many values a flat row has. */
    public int width() {
        return inputs.stream().mapToInt(input -> input.shape().values()).sum();
    }

    /** The shapes, in order. */
    public List<Shape> shapes() {
        return inputs.stream().map(NetworkInput::shape).toList();
    }

    /** The names of the features, in order, those that are sequences once. */
    public List<String> features() {
        return inputs.stream().flatMap(input -> input.features().stream()).toList();
    }

    /** The names of the flat slots: {@code name}, or {@code name[step]} of a sequence. */
    public List<String> slots() {
        List<String> slots = new ArrayList<>();
        for (NetworkInput input : inputs) {
            for (int slot = 0; slot < input.shape().values(); slot++) {
                slots.add(input.slotName(slot));
            }
        }
        return slots;
    }

    /** Which flat slots are of features that are sequences, and may be padding. */
    public boolean[] paddable() {
        boolean[] paddable = new boolean[width()];
        int from = 0;
        for (NetworkInput input : inputs) {
            int to = from + input.shape().values();
            Arrays.fill(paddable, from, to, input.ofSequences());
            from = to;
        }
        return paddable;
    }

    /** Whether some feature is a sequence, whose steps may be padding. */
    public boolean hasSequences() {
        return inputs.stream().anyMatch(NetworkInput::ofSequences);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.train.network.RefusedModelException;
import java.util.Arrays;
import java.util.List;

/**
 * One layer of a Keras model, as its configuration says.
 *
 * @param type Keras's class name: {@code Conv1D}
 * @param before the names of the layers that feed it
 */
record KerasLayer(String name, String type, JsonNode config, List<String> before) {

    /** A refusal of this layer; the text follows its name and type and gets its full stop. */
    RefusedModelException refuse(String why) {
        return new RefusedModelException("layer '" + name + "' is a " + type + ", " + why + ".");
    }

    int integer(String key) {
        JsonNode value = config.path(key);
        if (!value.isInt()) {
            throw refuse("whose " + key + " is " + value + ", not a whole number. Save the model again");
        }
        return value.intValue();
    }

    /** One number, or a list of that many of which each dimension has its own. */
    int[] integers(String key, int dimensions) {
        JsonNode value = config.path(key);
        int[] integers = new int[dimensions];
        boolean sound = value.isInt() || (value.isArray() && value.size() == dimensions);
        for (int i = 0; sound && i < dimensions; i++) {
            JsonNode one = value.isArray() ? value.get(i) : value;
            sound = one.isInt() && one.intValue() > 0;
            integers[i] = one.intValue();
        }
        if (!sound) {
            throw refuse("whose " + key + " is " + value + ", not " + dimensions + " numbers above 0. Save the model"
                    + " again");
        }
        return integers;
    }

    double number(String key, double otherwise) {
        JsonNode value = config.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw refuse("whose " + key + " is " + value + ", not a number. Save the model again");
        }
        return value.doubleValue();
    }

    String text(String key, String otherwise) {
        return config.path(key).asText(otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return config.path(key).asBoolean(otherwise);
    }

    /** Refuses a value that changes what the layer does to something that is not built. */
    void require(String key, String only, String... others) {
        String value = text(key, only);
        if (!value.equals(only) && !Arrays.asList(others).contains(value)) {
            throw refuse("whose " + key + " is " + value + ", and only " + only
                    + (others.length == 0 ? "" : ", " + String.join(", ", others)) + " can be mapped");
        }
    }

    /** Refuses an axis other than the last one. */
    void requireLastAxis(int rank) {
        JsonNode axis = config.path("axis");
        JsonNode one = axis.isArray() && axis.size() == 1 ? axis.get(0) : axis;
        boolean last = one.isMissingNode() || one.asInt() == -1 || one.asInt() == rank;
        if (!last || one.isArray()) {
            throw refuse("whose axis is " + axis + ", and only the last one can be mapped");
        }
    }
}

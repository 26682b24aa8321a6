/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lists of numbers in JSON: NaN is written as null. */
final class Numbers {

    private Numbers() {}

    static void put(ObjectNode object, String key, double[] values) {
        add(object.putArray(key), values);
    }

    static void add(ArrayNode array, double[] values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                array.addNull();
            } else {
                array.add(value);
            }
        }
    }
}

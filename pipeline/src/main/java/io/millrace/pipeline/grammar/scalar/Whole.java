/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** A whole number between two bounds, both inclusive. */
public record Whole(int least, int most) implements ScalarType<Integer> {

    @Override
    public @Nullable Integer parse(YamlNode.Scalar scalar, Reading reading) {
        if (scalar.kind() == YamlNode.Kind.NUMBER) {
            try {
                int value = Integer.parseInt(scalar.text());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // a fraction, or beyond any bound: reported below like a number out of bounds
            }
        }
        reading.mismatch(scalar, title());
        return null;
    }

    @Override
    public String title() {
        return least == most ? String.valueOf(least) : "a whole number from " + least + " to " + most;
    }

    @Override
    public JsonObject schema() {
        return ScalarType.orVariable(
                JsonObject.of("type", "integer").with("minimum", least).with("maximum", most));
    }
}

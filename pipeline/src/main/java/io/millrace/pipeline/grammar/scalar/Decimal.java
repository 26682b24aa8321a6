/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** A finite number. */
public record Decimal() implements ScalarType<Double> {

    @Override
    public @Nullable Double parse(YamlNode.Scalar scalar, Reading reading) {
        double value = fits(scalar) ? Double.parseDouble(scalar.text()) : Double.NaN;
        if (!Double.isFinite(value)) {
            reading.mismatch(scalar, title());
            return null;
        }
        return value;
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NUMBER;
    }

    @Override
    public String title() {
        return "a finite number";
    }

    @Override
    public JsonObject schema() {
        return ScalarType.orVariable(JsonObject.of("type", "number"));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.grammar.ValueType;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type whose values are scalars. */
interface ScalarType<T> extends ValueType<T> {

    /** The value of a text whose variables are put in; null when it holds none, which has then been reported. */
    @Nullable
    T parse(YamlNode.Scalar scalar, Reading reading);

    @Override
    default @Nullable T read(YamlNode node, Reading reading) {
        String text = reading.text(node, title());
        return text != null && node instanceof YamlNode.Scalar scalar ? parse(scalar, reading) : null;
    }

    @Override
    default boolean fits(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Kind.NOTHING;
    }

    /** The schema of the written value, or of any text with a variable in it. */
    static JsonObject orVariable(JsonObject schema) {
        return JsonObject.of("anyOf", List.of(schema, JsonObject.of("$ref", "#/definitions/variable")));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * The name of something that the same file defines elsewhere.
 *
 * @param kind the noun under which it is defined: {@code stream}
 */
public record UsedName(String kind) implements ScalarType<String> {

    @Override
    public @Nullable String parse(YamlNode.Scalar scalar, Reading reading) {
        reading.use(kind, scalar);
        return scalar.text();
    }

    @Override
    public String title() {
        return "the name of a " + kind;
    }

    @Override
    public JsonObject schema() {
        return JsonObject.of("type", "string");
    }
}

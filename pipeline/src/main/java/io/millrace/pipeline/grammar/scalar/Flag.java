/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * True or false.
 *
 * @param allowed what of the two the key may say
 */
public record Flag(List<Boolean> allowed) implements ScalarType<Boolean> {

    /** Either. */
    public static final Flag ANY = new Flag(List.of(true, false));

    /** A key that is there, or is not. */
    public static final Flag TRUE = new Flag(List.of(true));

    @Override
    public @Nullable Boolean parse(YamlNode.Scalar scalar, Reading reading) {
        if (scalar.kind() == YamlNode.Kind.BOOLEAN && allowed.contains(Boolean.valueOf(scalar.text()))) {
            return Boolean.valueOf(scalar.text());
        }
        reading.mismatch(scalar, title());
        return null;
    }

    @Override
    public String title() {
        return allowed.size() == 1 ? allowed.get(0).toString() : "true or false";
    }

    @Override
    public JsonObject schema() {
        return ScalarType.orVariable(JsonObject.of("enum", allowed));
    }
}

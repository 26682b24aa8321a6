/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.yaml.YamlNode;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a file may say one day: recognised now, and refused.
 *
 * @param form what follows the key where it is written, for the reference: {@code : lifetime}
 * @param subjects what is not built, a plural: {@code categories}
 * @param thing what to remove from the file: {@code feature}
 * @param shape which values mean it, where it is one of several alternatives
 */
public record NotBuilt<T>(String form, String subjects, String thing, Predicate<YamlNode> shape)
        implements ValueType<T> {

    /** Always null: reports, at the key, that it is not built. */
    @Override
    public @Nullable T read(YamlNode node, Reading reading) {
        reading.refuseKey(
                node,
                subjects + " are not built yet. Remove this " + thing + " or wait for a later version of Millrace.");
        return null;
    }

    @Override
    public boolean fits(YamlNode node) {
        return shape.test(node);
    }

    @Override
    public String title() {
        return "not built yet";
    }

    @Override
    public List<Planned> planned() {
        return List.of(new Planned(form, subjects));
    }

    /** Refuses everything, so that an editor says what the reader says. */
    @Override
    public JsonObject schema() {
        return JsonObject.of("description", "Not built yet: " + subjects + ".").with("not", new JsonObject());
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text, perhaps of a certain form.
 *
 * @param title with its article: {@code a Kafka topic}
 * @param form what it must match
 * @param cure the form in words, a sentence; empty when any text will do
 * @param quoted whether a number or true or false must stand in quotes to be text
 */
public record Text(String title, Pattern form, String cure, boolean quoted) implements ScalarType<String> {

    private static final Pattern ANY = Pattern.compile("(?s).*\\S.*");

    /** Any text with something in it. */
    public static Text of(String title) {
        return new Text(title, ANY, "", true);
    }

    /** Text of a certain form. */
    public static Text of(String title, String form, String cure) {
        return new Text(title, Pattern.compile(form), cure, true);
    }

    /** The same, and what looks like a number or like true or false is text too. */
    public Text orLiteral() {
        return new Text(title, form, cure, false);
    }

    @Override
    public @Nullable String parse(YamlNode.Scalar scalar, Reading reading) {
        if (quoted && scalar.plain() && scalar.kind() != YamlNode.Kind.TEXT && !scalar.substituted()) {
            reading.mismatch(scalar, title, " Put it in quotes.");
            return null;
        }
        if (!form.matcher(scalar.text()).matches()) {
            reading.mismatch(scalar, title, cure.isEmpty() ? "" : " " + cure);
            return null;
        }
        return scalar.text();
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && form.matcher(scalar.text()).matches();
    }

    @Override
    public JsonObject schema() {
        JsonObject schema = JsonObject.of("type", quoted ? "string" : java.util.List.of("string", "number", "boolean"));
        return form == ANY ? schema : ScalarType.orVariable(schema.with("pattern", "^(?:" + form + ")$"));
    }
}

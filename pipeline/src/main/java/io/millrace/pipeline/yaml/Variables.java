/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.yaml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into scalars: a name in braces after a dollar sign, with {@code :-default} after the name
 * for when the variable is not set or empty. A doubled dollar sign stands for itself.
 */
final class Variables {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$(\\$?)\\{(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?})?");

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The text with its variables put in; where that fails, the text as it was and what is wrong with it. */
    Resolved resolve(String written) {
        if (!written.contains("${")) {
            return new Resolved(written, null);
        }
        StringBuilder text = new StringBuilder();
        Matcher reference = REFERENCE.matcher(written);
        while (reference.find()) {
            String trouble = trouble(reference);
            if (trouble != null) {
                return new Resolved(written, trouble);
            }
            reference.appendReplacement(text, Matcher.quoteReplacement(value(reference)));
        }
        reference.appendTail(text);
        return new Resolved(text.toString(), null);
    }

    private @Nullable String trouble(Matcher reference) {
        if (escaped(reference)) {
            return null;
        }
        String name = reference.group("name");
        if (name == null) {
            return "a '${' that names no variable. Write ${NAME} or ${NAME:-default}, or $${ for the two characters.";
        }
        if (reference.group("default") == null && !environment.containsKey(name)) {
            return "the environment variable " + name + " is not set. Set it, or give a default: ${" + name
                    + ":-default}.";
        }
        return null;
    }

    private String value(Matcher reference) {
        if (escaped(reference)) {
            return reference.group().substring(1);
        }
        String value = environment.getOrDefault(reference.group("name"), "");
        String fallback = reference.group("default");
        return value.isEmpty() && fallback != null ? fallback : value;
    }

    private static boolean escaped(Matcher reference) {
        return !reference.group(1).isEmpty();
    }

    /**
     * A scalar after its variables were put in.
     *
     * @param trouble what is wrong and the cure; null when nothing is
     */
    record Resolved(String text, @Nullable String trouble) {}
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.yaml.YamlNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of the file: an option that holds one may only name an environment variable. */
final class Secrets {

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(password|passphrase|secret|secret[.-]key|access[.-]key|api[.-]?key|account\\.key.*|keystore\\.key"
                    + "|user\\.info|[.-]token|basic-auth|auth-params|service-key|http-headers)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    private static final Pattern JAAS_SECRET_NAME = Pattern.compile("(?i)\\w*(password|secret|token)");

    private static final String JAAS = "jaas.config";
    private static final Pattern JAAS_OPTION =
            Pattern.compile("\\b(\\w++)\\s*+=\\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\\s;]*))");

    private Secrets() {}

    /** What is wrong when an option shows a secret; null when it is none, or only names a variable. */
    static @Nullable String objection(String name, YamlNode.Scalar value) {
        if (name.endsWith(JAAS)) {
            return jaasObjection(value.written());
        }
        if (!SECRET_NAME.matcher(name).matches()
                || VARIABLE.matcher(value.written()).matches()) {
            return null;
        }
        return "a secret must not stand in the file. Write ${VAR}, and set the variable where the job starts.";
    }

    private static @Nullable String jaasObjection(String written) {
        Matcher option = JAAS_OPTION.matcher(written);
        while (option.find()) {
            String secret = firstOf(option.group(2), option.group(3), option.group(4));
            String name = option.group(1);
            if (JAAS_SECRET_NAME.matcher(name).matches()
                    && !VARIABLE.matcher(secret).matches()) {
                return "the secret of its '" + name + "' must not stand in the file. Write " + name
                        + "=\"${VAR}\", and set the variable where the job starts.";
            }
        }
        return null;
    }

    private static String firstOf(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return "";
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.file;

import io.millrace.model.ModelException;
import java.util.regex.Pattern;

/** Which names a store takes: short, of letters, digits, dots, dashes and underscores, and never a path. */
public final class StoreName {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int SHOWN_AT_MOST = 80;

    private StoreName() {}

    /** The name itself; any other is refused. */
    public static String check(String what, String name) {
        if (FORM.matcher(name).matches() && !name.contains("..")) {
            return name;
        }
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        String shown = clean.length() <= SHOWN_AT_MOST ? clean : clean.substring(0, SHOWN_AT_MOST) + "…";
        throw new ModelException(
                ModelException.Code.NAME,
                what + " '" + shown + "' is no name for a store: up to 64 letters, digits, '.', '-' and '_', starting"
                        + " with a letter or digit, without '..'. Choose another name.");
    }
}

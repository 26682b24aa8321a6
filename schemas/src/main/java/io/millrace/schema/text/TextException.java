/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

/** Text that does not fit its schema: the message says which field, what was found, and the cure. */
public final class TextException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TextException(String message) {
        super(message);
    }
}

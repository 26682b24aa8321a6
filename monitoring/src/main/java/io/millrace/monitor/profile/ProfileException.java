/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

/** A {@code reference.json} that cannot be used; the message says where and why. */
public final class ProfileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProfileException(String message) {
        super("reference.json: " + message + ". Make the bundle again with its reference rows.", null, false, false);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.network;

import io.millrace.model.ModelException;

/** A model that is read well and not supported: the message says what of it, and the cure. */
public final class RefusedModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ModelException.Code code;

    public RefusedModelException(String message) {
        this(ModelException.Code.UNSUPPORTED, message);
    }

    public RefusedModelException(ModelException.Code code, String message) {
        super(message);
        this.code = code;
    }

    public ModelException.Code code() {
        return code;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model;

/** A model that cannot be used: the message says where, what was found and the cure; the code is for programs. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    public ModelException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public ModelException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** The same refusal, seen from further out: its message preceded by where that is. */
    public ModelException within(String where) {
        return new ModelException(code, where + ": " + getMessage(), this);
    }

    /** Why a model is refused. Closed: the model events carry it. */
    public enum Code {
        /** No such model, version or alias in the store. */
        NOT_FOUND,
        /** A name that a store does not take. */
        NAME,
        /** The version or name is taken; a version is immutable. */
        EXISTS,
        /** The store or the bundle cannot be read or written. */
        IO,
        /** The zip or the directory is not one that a bundle may be. */
        ARCHIVE,
        /** More bytes than a cap allows. */
        TOO_LARGE,
        /** A file is missing, or one is there that no bundle has. */
        FILES,
        /** A file's size or sha256 differs from what was promised. */
        DIGEST,
        /** A text that is not the JSON it should be. */
        JSON,
        /** The bundle's parts contradict each other or ask for what this version does not do. */
        CONTENT,
        /** The network names a class, or has a layer, outside the supported ones. */
        UNSUPPORTED,
        /** The parameter count is over the cap, or differs between the configuration and the coefficients. */
        PARAMETERS,
        /** A weight, statistic or output that is not finite. */
        NON_FINITE,
        /** The network does not give the outputs of its golden cases. */
        GOLDEN,
        /** ND4J's native libraries are not to be trusted here, or do not load. */
        NATIVE,
        /** DL4J refused a configuration that passed every check. */
        FRAMEWORK,
        /** A bundle without the signature that the policy asks for. */
        SIGNATURE_MISSING,
        /** A signature file that is none. */
        SIGNATURE_MALFORMED,
        /** A signature by a key that is not trusted. */
        SIGNATURE_KEY,
        /** A bundle.json that is not the one that was signed. */
        SIGNATURE_ALTERED,
        /** A key file that cannot be used, or no key where one is needed. */
        KEY,
        /** A version older than the one in force. */
        DOWNGRADE,
        /** Only the network itself vouches for its golden cases. */
        UNVERIFIED,
        /** An alias that has no earlier version to go back to. */
        HISTORY
    }
}

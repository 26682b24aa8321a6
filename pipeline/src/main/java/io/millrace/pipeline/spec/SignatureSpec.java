/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.util.List;

/**
 * Who must have signed the bundles that score.
 *
 * @param keys files of public keys, {@code file:keys/release.pem}, relative to the pipeline file; empty only with {@code OFF}
 */
public record SignatureSpec(Mode mode, List<String> keys) implements Serializable {

    /** Signatures are not looked at. */
    public static final SignatureSpec OFF = new SignatureSpec(Mode.OFF, List.of());

    public SignatureSpec {
        keys = List.copyOf(keys);
    }

    /** What happens to a bundle that none of the keys signed. */
    public enum Mode {
        /** It is refused. */
        REQUIRE,
        /** It is taken, with a warning in the log. */
        WARN,
        /** It is taken. */
        OFF
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train;

import io.millrace.model.ModelException;
import io.millrace.model.archive.Archive;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.format.BundleReader;
import io.millrace.model.score.Scorer;
import io.millrace.model.score.Scorers;
import io.millrace.model.signature.ModelKeys;
import io.millrace.model.signature.SignaturePolicy;
import java.nio.file.Path;
import java.util.Arrays;

/** The child process: reads one bundle, examines it, prints the verdict. */
final class VerificationProcess {

    static final String VERDICT = "verdict: ";

    /** The exit code of a process that refused the bundle; one that failed has another. */
    static final int REFUSED = 10;

    private VerificationProcess() {}

    /** Arguments: the bundle, a directory or a zip; the place to speak of; the signature policy; files of public keys. */
    public static void main(String[] arguments) {
        StringBuilder warnings = new StringBuilder();
        try {
            SignaturePolicy policy = SignaturePolicy.of(
                    SignaturePolicy.Mode.valueOf(arguments[2]),
                    Arrays.stream(arguments, 3, arguments.length)
                            .map(file -> ModelKeys.readPublic(Path.of(file)))
                            .toList(),
                    warning -> warnings.append("; warning: ").append(warning.getMessage()));
            Bundle bundle =
                    new BundleReader(Archive.DEFAULT_MAX_BYTES, policy).read(Path.of(arguments[0]), arguments[1]);
            try (Scorer scorer = Scorers.open(bundle, 32)) {
                System.out.println(VERDICT + bundle.version().name() + ' '
                        + bundle.version().version() + ": "
                        + bundle.task().word() + ", " + bundle.inputs().size() + " inputs, "
                        + bundle.golden().inputs().size() + " golden cases of origin "
                        + bundle.golden().origin().word() + " passed, runs as " + scorer.engine() + ", sha256 "
                        + bundle.version().digest() + warnings);
            }
        } catch (ModelException refused) {
            System.out.println(VERDICT + refused.getMessage());
            System.exit(REFUSED);
        }
    }
}

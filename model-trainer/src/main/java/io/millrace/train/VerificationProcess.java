/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.format.BundleReader;
import io.millrace.model.score.Scorer;
import io.millrace.model.score.Scorers;
import java.nio.file.Path;

/** The child process: reads one bundle, examines it, prints the verdict. */
final class VerificationProcess {

    static final String VERDICT = "verdict: ";

    /** The exit code of a process that refused the bundle; one that failed has another. */
    static final int REFUSED = 10;

    private VerificationProcess() {}

    /** Argument: the bundle, a directory or a zip. */
    public static void main(String[] arguments) {
        try {
            Bundle bundle = new BundleReader().read(Path.of(arguments[0]));
            try (Scorer scorer = Scorers.open(bundle, 32)) {
                System.out.println(VERDICT + bundle.version().name() + ' '
                        + bundle.version().version() + ": "
                        + bundle.task().word() + ", " + bundle.inputs().size() + " inputs, "
                        + bundle.golden().inputs().size() + " golden cases of origin "
                        + bundle.golden().origin().word() + " passed, runs as " + scorer.engine() + ", sha256 "
                        + bundle.version().digest());
            }
        } catch (ModelException refused) {
            System.out.println(VERDICT + refused.getMessage());
            System.exit(REFUSED);
        }
    }
}

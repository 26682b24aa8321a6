/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train;

import io.millrace.train.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Examines a bundle in a JVM of its own with little memory: the first line of defence before anything reaches a cluster. */
public final class ModelVerification {

    private static final int HEAP_MEGABYTES = 512;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ModelVerification() {}

    /**
     * The verdict.
     *
     * @param words what the bundle is, or why it is refused
     */
    public record Verdict(boolean accepted, String words) {}

    /** Reads the bundle with the safe reader and puts it to its exam. */
    public static Verdict of(Path bundle) {
        ChildJvm.Outcome outcome = ChildJvm.run(
                VerificationProcess.class, List.of(bundle.toAbsolutePath().toString()), HEAP_MEGABYTES, LIMIT);
        return verdict(outcome);
    }

    /** What an examination that ended so means. */
    static Verdict verdict(ChildJvm.Outcome outcome) {
        String words = outcome.lastWords();
        int verdict = words.lastIndexOf(VerificationProcess.VERDICT);
        boolean given = outcome.done() || outcome.exitCode() == VerificationProcess.REFUSED;
        if (given && verdict >= 0) {
            return new Verdict(outcome.done(), words.substring(verdict + VerificationProcess.VERDICT.length()));
        }
        return new Verdict(
                false,
                "the examination " + outcome.words() + " and gave no verdict. Do not use the bundle."
                        + (words.isEmpty() ? "" : " The last words:\n" + words));
    }
}

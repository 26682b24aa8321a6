/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train;

import io.millrace.model.signature.SignaturePolicy;
import io.millrace.train.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

    /**
     * What is to be examined.
     *
     * @param bundle a directory or a zip
     * @param place what the words call it
     * @param keys files of public keys whose signatures count; not looked at with {@code OFF}
     */
    public record Request(Path bundle, String place, SignaturePolicy.Mode signatures, List<Path> keys) {

        /** A bundle, whoever signed it. */
        public static Request of(Path bundle) {
            return new Request(bundle, bundle.toAbsolutePath().toString(), SignaturePolicy.Mode.OFF, List.of());
        }

        public Request withSignatures(SignaturePolicy.Mode mode, List<Path> trusted) {
            return new Request(bundle, place, mode, trusted);
        }

        private List<String> arguments() {
            List<String> arguments =
                    new ArrayList<>(List.of(bundle.toAbsolutePath().toString(), place, signatures.name()));
            if (signatures != SignaturePolicy.Mode.OFF) {
                keys.forEach(key -> arguments.add(key.toAbsolutePath().toString()));
            }
            return arguments;
        }
    }

    /** Reads the bundle with the safe reader, whoever signed it, and puts it to its exam. */
    public static Verdict of(Path bundle) {
        return of(Request.of(bundle));
    }

    /** Reads the bundle with the safe reader and puts it to its exam. */
    public static Verdict of(Request request) {
        return verdict(ChildJvm.run(VerificationProcess.class, request.arguments(), HEAP_MEGABYTES, LIMIT));
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

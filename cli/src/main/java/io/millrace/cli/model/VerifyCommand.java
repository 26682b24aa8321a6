/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.model.ModelException;
import io.millrace.model.file.PrivateDirectory;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.train.ModelVerification;
import io.millrace.train.ModelVerification.Request;
import io.millrace.train.ModelVerification.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace model verify}: would this bundle be taken? */
@Command(
        name = "verify",
        description =
                "Examine a bundle, a directory or a zip, in a process of its own: exit 0 when it would be taken, 4 when"
                        + " it is refused.")
public final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            paramLabel = "BUNDLE",
            description = "The bundle: a path, or a URI such as s3://bucket/models/card-fraud/1.")
    private String bundle = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A public key that may have signed it, a PEM file. Once for each key.")
    private List<Path> keys = List.of();

    @Option(
            names = "--signature",
            paramLabel = "MODE",
            description = "require, warn or off (default: require with --key, off without).")
    private SignaturePolicy.@Nullable Mode mode;

    @Override
    public Integer call() throws IOException {
        SignaturePolicy.Mode defaulted = keys.isEmpty() ? SignaturePolicy.Mode.OFF : SignaturePolicy.Mode.REQUIRE;
        SignaturePolicy.Mode asked = mode == null ? defaulted : mode;
        if (keys.isEmpty() && asked != SignaturePolicy.Mode.OFF) {
            throw new CommandException(
                    ExitCode.USAGE, "--signature " + asked.word() + " needs a key. Name a public key with --key FILE.");
        }
        Verdict verdict = verdict(asked);
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("accepted", verdict.accepted());
            result.put("words", verdict.words());
            output.printJson(result);
        } else {
            output.say((verdict.accepted() ? "accepted  " : "refused  ") + verdict.words());
        }
        return verdict.accepted() ? ExitCode.DONE : ExitCode.MODEL_REFUSED;
    }

    private Verdict verdict(SignaturePolicy.Mode asked) throws IOException {
        if (!StoreUri.isElsewhere(bundle)) {
            return ModelVerification.of(Request.of(StoreUri.path(bundle)).withSignatures(asked, keys));
        }
        try (PrivateDirectory copy = PrivateDirectory.create()) {
            StoreUri.copy(bundle, copy.path());
            return ModelVerification.of(new Request(copy.path(), bundle, asked, keys));
        } catch (ModelException unreachable) {
            return new Verdict(false, String.valueOf(unreachable.getMessage()));
        }
    }
}

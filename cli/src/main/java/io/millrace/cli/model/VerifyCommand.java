/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.train.ModelVerification;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Parameters(paramLabel = "BUNDLE", description = "The bundle.")
    private Path bundle = Path.of("");

    @Override
    public Integer call() {
        ModelVerification.Verdict verdict = ModelVerification.of(bundle);
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
}

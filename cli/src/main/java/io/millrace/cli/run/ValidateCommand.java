/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.pipeline.spec.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace validate}: is the file right? */
@Command(
        name = "validate",
        description = "Check a pipeline file by itself, and print every problem with its place and cure.")
public final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final PipelineArgument pipeline = new PipelineArgument();

    @Override
    public Integer call() {
        PipelineSpec spec = pipeline.readWhole().spec();
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("pipeline", spec.name());
            result.put("problems", 0);
            output.printJson(result);
        } else {
            output.say(pipeline.file() + ": no problems. Next: millrace plan " + pipeline.file());
        }
        return ExitCode.DONE;
    }
}

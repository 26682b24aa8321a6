/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.rollout;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.control.ModelCommand.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace model canary}: a version scores a share of the events. */
@Command(
        name = "canary",
        description = "Let a version score a share of the events in the champion's place. model.canary.by says whose.",
        mixinStandardHelpOptions = true)
public final class CanaryCommand implements Callable<Integer> {

    @Mixin
    private final RolloutOptions options = new RolloutOptions();

    @Parameters(index = "1", paramLabel = "VERSION", description = "A version, or an alias such as challenger.")
    private String version = "";

    @Option(
            names = "--share",
            required = true,
            paramLabel = "SHARE",
            description = "The canary's share, above 0 and at most 1: 0.05 is a twentieth.")
    private double share;

    @Override
    public Integer call() throws Exception {
        if (!(share > 0 && share <= 1)) {
            throw new CommandException(
                    ExitCode.USAGE, "--share: " + share + " is no share. Give a number above 0, and at most 1.");
        }
        InferencePlan plan = options.plan();
        return options.execute(plan, Action.CANARY, options.version(plan, version), share)
                .exitCode();
    }
}

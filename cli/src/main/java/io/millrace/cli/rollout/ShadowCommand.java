/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.rollout;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.control.ModelCommand.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace model shadow}: a version scores beside the champion. */
@Command(
        name = "shadow",
        description =
                "Let a version score every event too, onto the topic .predictions-shadow, and change nothing else.",
        mixinStandardHelpOptions = true)
public final class ShadowCommand implements Callable<Integer> {

    @Mixin
    private final RolloutOptions options = new RolloutOptions();

    @Parameters(index = "1", paramLabel = "VERSION", description = "A version, or an alias such as challenger.")
    private String version = "";

    @Override
    public Integer call() throws Exception {
        InferencePlan plan = options.plan();
        return options.execute(plan, Action.SHADOW, options.version(plan, version), 0)
                .exitCode();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.rollout;

import io.millrace.pipeline.control.ModelCommand.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace model stop}: canary and shadow end. */
@Command(
        name = "stop",
        description = "End the canary and the shadow: the champion scores alone.",
        mixinStandardHelpOptions = true)
public final class StopCommand implements Callable<Integer> {

    @Mixin
    private final RolloutOptions options = new RolloutOptions();

    @Override
    public Integer call() throws Exception {
        return options.execute(options.plan(), Action.STOP, null, 0).exitCode();
    }
}

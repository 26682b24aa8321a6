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

/** {@code millrace model rollback}: the champion before this one scores again. */
@Command(
        name = "rollback",
        description = "Make the champion before this one champion again. Its alias follows when the job has agreed.",
        mixinStandardHelpOptions = true)
public final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private final RolloutOptions options = new RolloutOptions();

    @Override
    public Integer call() throws Exception {
        InferencePlan plan = options.plan();
        return options.follow(plan, options.execute(plan, Action.ROLLBACK, null, 0));
    }
}

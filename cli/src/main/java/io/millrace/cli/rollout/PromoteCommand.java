/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.rollout;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.store.Promotion;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.record.ModelVersion;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace model promote}: another version scores from a fence on, without a restart. */
@Command(
        name = "promote",
        description = "Make a version the champion of a running pipeline. Its alias follows when the job has agreed.",
        mixinStandardHelpOptions = true)
public final class PromoteCommand implements Callable<Integer> {

    @Mixin
    private final RolloutOptions options = new RolloutOptions();

    @Parameters(index = "1", paramLabel = "VERSION", description = "A version, or an alias such as challenger.")
    private String version = "";

    @Option(names = "--downgrade", description = "Allow a version older than the one in force.")
    private boolean downgrade;

    @Option(
            names = "--unverified",
            description =
                    "Allow a version whose golden cases come from its own network, not from where it was trained.")
    private boolean unverified;

    @Override
    public Integer call() throws Exception {
        InferencePlan plan = options.plan();
        ModelVersion wanted = options.version(plan, version);
        Promotion promotion = new Promotion(Instant.now(), downgrade, unverified);
        options.store(plan).checkPromotion(wanted.name(), options.alias(plan), wanted.version(), promotion);
        return options.follow(plan, options.execute(plan, Action.PROMOTE, wanted, 0));
    }
}

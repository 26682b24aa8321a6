/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.rollout.CanaryCommand;
import io.millrace.cli.rollout.PromoteCommand;
import io.millrace.cli.rollout.RollbackCommand;
import io.millrace.cli.rollout.ShadowCommand;
import io.millrace.cli.rollout.StopCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace model}: the models of a store. */
@Command(
        name = "model",
        description = "Import, examine, sign and list models; change which one scores in a running pipeline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImportCommand.class,
            VerifyCommand.class,
            ListCommand.class,
            ShowCommand.class,
            SignCommand.class,
            KeysCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ShadowCommand.class,
            CanaryCommand.class,
            StopCommand.class
        })
public final class ModelCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec command;

    @Override
    public void run() {
        CommandLine line = command.commandLine();
        throw new ParameterException(
                line, "millrace model: which of " + line.getSubcommands().keySet() + "?");
    }
}

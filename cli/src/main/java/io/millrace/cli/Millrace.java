/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import io.millrace.cli.demo.DemoCommand;
import io.millrace.cli.model.ModelCommand;
import io.millrace.cli.model.TrainCommand;
import io.millrace.cli.receipt.ReproduceCommand;
import io.millrace.cli.run.PlanCommand;
import io.millrace.cli.run.RunCommand;
import io.millrace.cli.run.ValidateCommand;
import io.millrace.cli.topic.BrokerCommand;
import io.millrace.cli.topic.SendCommand;
import io.millrace.cli.topic.TapCommand;
import io.millrace.cli.topic.TopicsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code millrace} command. */
@Command(
        name = "millrace",
        description = "Real-time streaming inference: Kafka events to features to model scores, exactly once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:the command line is wrong",
            "3:a file that a person wrote has problems: all of them were printed",
            "4:a model was refused",
            "5:Kafka could not be reached, or refused",
            "6 to 11:what millrace reproduce --help says"
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            TopicsCommand.class,
            BrokerCommand.class,
            SendCommand.class,
            TapCommand.class,
            TrainCommand.class,
            ModelCommand.class,
            ReproduceCommand.class,
            HelpCommand.class
        })
public final class Millrace {

    public static void main(String[] arguments) {
        System.exit(execute(commandLine(), arguments));
    }

    /** Runs a command line as this process's own: failures become messages and exit codes, Ctrl-C ends it in order. */
    public static int execute(CommandLine line, String... arguments) {
        line.setExecutionExceptionHandler(new Failures());
        return Termination.run(() -> line.execute(arguments));
    }

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Millrace());
        sayVersion(line);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures())
                .setUsageHelpAutoWidth(true);
    }

    private static void sayVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(new Version());
        line.getSubcommands().values().forEach(Millrace::sayVersion);
    }
}

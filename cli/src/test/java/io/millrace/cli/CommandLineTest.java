/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the command line says of itself, and of what it does not understand. */
final class CommandLineTest {

    static Stream<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>();
        collect(Millrace.commandLine(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<CommandSpec> all) {
        all.add(line.getCommandSpec());
        line.getSubcommands().values().forEach(each -> collect(each, all));
    }

    private static String[] words(CommandSpec command, String last) {
        return (command.qualifiedName(" ").substring("millrace".length()) + ' ' + last)
                .strip()
                .split(" ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyWordIsExplained(CommandSpec command) {
        assertThat(command.usageMessage().description())
                .as(command.qualifiedName())
                .isNotEmpty();
        command.args()
                .forEach(argument -> assertThat(String.join("", argument.description()))
                        .as("%s %s", command.qualifiedName(), argument)
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpNamesEveryOption(CommandSpec command) {
        Invocation help = Invocation.of((Object[]) words(command, "--help"));
        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: " + command.qualifiedName());
        command.options().forEach(option -> assertThat(help.out()).contains(option.names()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandKnowsTheVersion(CommandSpec command) {
        if (command.findOption("-V") != null) {
            Invocation version = Invocation.of((Object[]) words(command, "-V"));
            assertThat(version.exitCode()).isZero();
            assertThat(version.out()).startsWith("millrace ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "valdate, 'Unmatched argument at index 0: ''valdate''\nDid you mean: millrace validate?'",
        "topcs, 'Unmatched argument at index 0: ''topcs''\nDid you mean: millrace topics?'",
    })
    void unknownCommandIsAnsweredWithASuggestion(String command, String words) {
        Invocation refused = Invocation.of(command);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).startsWith(words);
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void unknownOptionIsAnsweredWithASuggestion() {
        assertThat(Invocation.of("validate", "--jsn", "pipeline.yaml"))
                .isEqualTo(new Invocation(ExitCode.USAGE, "", "Unknown option: '--jsn'\nPossible solutions: --json"));
    }

    @Test
    void missingArgumentIsNamed() {
        for (String command : List.of("validate", "plan", "run", "topics", "reproduce")) {
            Invocation refused = Invocation.of(command);
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).startsWith("Missing required parameter: 'FILE'\nUsage: millrace " + command);
        }
    }

    @Test
    void commandIsNeeded() {
        Invocation none = Invocation.of();
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).startsWith("Missing required subcommand\nUsage: millrace [-hV] COMMAND");
        Invocation model = Invocation.of("model");
        assertThat(model.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(model.err())
                .startsWith(
                        "millrace model: which of [import, verify, list, show, sign, keys, promote, rollback, shadow, canary, stop]?\nUsage: millrace model");
    }

    @Test
    void helpListsTheExitCodes() {
        assertThat(Invocation.of("--help").out()).endsWith("""
                Exit codes:
                  0         done
                  1         failed
                  2         the command line is wrong
                  3         a file that a person wrote has problems: all of them were printed
                  4         a model was refused
                  5         Kafka could not be reached, or refused
                  6 to 11   what millrace reproduce --help says""");
    }
}

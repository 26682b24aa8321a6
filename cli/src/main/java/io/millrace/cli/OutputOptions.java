/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command speaks: JSON for programs on standard output, words for people on standard error. */
public final class OutputOptions {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no words beside the result.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec command;

    public boolean json() {
        return json;
    }

    public boolean quiet() {
        return quiet;
    }

    /** The result: standard output. */
    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Words beside the result: standard error, unless they are not wanted. */
    public void say(String words) {
        if (!quiet) {
            PrintWriter err = command.commandLine().getErr();
            err.println(words);
            err.flush();
        }
    }

    /** Whether a person watches and wants to see progress: the launcher knows, and says so. */
    public boolean interactive() {
        return !quiet && System.getenv("TERM") != null && System.getProperty("millrace.tty") != null;
    }

    public void printJson(Object value) {
        try {
            out().println(JSON.writeValueAsString(value));
            out().flush();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

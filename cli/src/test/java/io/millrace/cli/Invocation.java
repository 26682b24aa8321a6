/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * A command line that was executed in this process.
 *
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
public record Invocation(int exitCode, String out, String err) {

    public static Invocation of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = Millrace.commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(texts);
        return new Invocation(
                exitCode, out.toString().stripTrailing(), err.toString().stripTrailing());
    }

    /** Standard output, which holds one JSON value and nothing else. */
    public JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }
}

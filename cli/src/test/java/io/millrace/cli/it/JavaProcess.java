/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prepares JVMs of the same kind as this one. */
final class JavaProcess {

    /** Where such processes write what they have to say. */
    static final Path LOGS = Path.of("target", "it-logs");

    private JavaProcess() {}

    /**
     * A process ready to start, with the class path of this one.
     *
     * @param options of the JVM, on top of the packages that this one has opened
     * @param log takes what it prints
     */
    static ProcessBuilder of(String main, List<String> options, List<String> arguments, Path log) throws IOException {
        return of(System.getProperty("java.class.path"), main, options, arguments, log);
    }

    /** A process ready to start, with a class path of its own. */
    static ProcessBuilder of(String classPath, String main, List<String> options, List<String> arguments, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens="))
                .forEach(command::add);
        command.addAll(options);
        command.add("@" + argumentFile(classPath, log));
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(log.toFile()).redirectError(log.toFile());
        builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
        return builder;
    }

    /** The class path in a file: on a command line it would be too long. */
    private static Path argumentFile(String classPath, Path log) throws IOException {
        Path file = log.resolveSibling(log.getFileName() + ".class-path");
        return Files.writeString(file, "-cp\n\"" + classPath.replace("\\", "\\\\") + "\"\n");
    }
}

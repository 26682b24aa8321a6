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

/** Prepares JVMs that have the class path of this one. */
final class JavaProcess {

    /** Where such processes write what they have to say. */
    static final Path LOGS = Path.of("target", "it-logs");

    private JavaProcess() {}

    /**
     * A process ready to start.
     *
     * @param options of the JVM, on top of the packages that this one has opened
     * @param log takes what it prints
     */
    static ProcessBuilder of(String main, List<String> options, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens="))
                .forEach(command::add);
        command.addAll(options);
        command.add("@" + classPath());
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(log.toFile()).redirectError(log.toFile());
        builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
        return builder;
    }

    /** The class path in a file: on a command line it would be too long. */
    private static Path classPath() throws IOException {
        Path file = Files.createDirectories(LOGS).resolve("class-path.args");
        String path = System.getProperty("java.class.path").replace("\\", "\\\\");
        return Files.writeString(file, "-cp\n\"" + path + "\"\n");
    }
}

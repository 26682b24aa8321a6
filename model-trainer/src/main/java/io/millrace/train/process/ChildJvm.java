/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class of this class path in a JVM of its own, with its own memory and a time limit. It may crash, run out of
 * memory or hang: the caller only learns that it did.
 */
public final class ChildJvm {

    private static final int LAST_WORDS = 4_000;
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private ChildJvm() {}

    /**
     * What became of the child.
     *
     * @param exitCode 0 when it did its work; above 128, or negative, it was killed by a signal
     * @param lastWords the end of what it printed, or that its time was up
     */
    public record Outcome(int exitCode, String lastWords) {
        public boolean done() {
            return exitCode == 0;
        }
    }

    public static Outcome run(Class<?> main, List<String> arguments, int heapMegabytes, Duration limit) {
        try {
            return start(main, arguments, heapMegabytes, limit);
        } catch (IOException failed) {
            throw new IllegalStateException("no child JVM could be started: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a child JVM ran", interrupted);
        }
    }

    private static Outcome start(Class<?> main, List<String> arguments, int heapMegabytes, Duration limit)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile("millrace-child-", ".log");
        Path options = Files.createTempFile("millrace-child-", ".args");
        try {
            Files.writeString(
                    options, "-cp\n\"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n");
            ProcessBuilder builder = new ProcessBuilder(command(main, arguments, heapMegabytes, options))
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Outcome(-1, "it did not end within " + limit.toSeconds() + " s");
                }
                return new Outcome(process.exitValue(), lastWords(printed));
            } finally {
                process.destroyForcibly().waitFor();
            }
        } finally {
            Files.deleteIfExists(printed);
            Files.deleteIfExists(options);
        }
    }

    private static List<String> command(Class<?> main, List<String> arguments, int heapMegabytes, Path options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + options);
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:ErrorFile=/dev/null");
        command.add("-Djdk.serialFilterFactory=io.millrace.model.score.LoaderFilterFactory");
        if (System.getProperty(CACHE) != null) {
            command.add("-D" + CACHE + "=" + System.getProperty(CACHE));
        }
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    private static String lastWords(Path printed) throws IOException {
        String all = new String(Files.readAllBytes(printed), StandardCharsets.UTF_8).strip();
        return all.length() <= LAST_WORDS ? all : "…" + all.substring(all.length() - LAST_WORDS);
    }
}

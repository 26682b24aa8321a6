/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.process;

import java.io.IOException;
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

    /** A process that a signal ended has this exit code, and the signal's number more. */
    private static final int SIGNALS = 128;

    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private ChildJvm() {}

    /** How a child ended. */
    public enum End {
        /** With exit code 0. */
        DONE,
        /** With another exit code. */
        FAILED,
        /** By a signal: it crashed, or the system killed it. */
        KILLED,
        /** It wanted more memory than it was given. */
        OUT_OF_MEMORY,
        /** It was ended when its time was up. */
        TIMED_OUT
    }

    /**
     * What became of the child.
     *
     * @param exitCode above 128 it was killed by a signal
     * @param words how it ended, to follow the noun for what it was: {@code ended with exit code 7}
     * @param lastWords the end of what it printed
     */
    public record Outcome(End end, int exitCode, String words, String lastWords) {
        public boolean done() {
            return end == End.DONE;
        }
    }

    /** Runs the class and waits for its end; a child whose time is up, or whose parent is interrupted, is killed. */
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
        Path options = Files.createTempFile("millrace-child-", ".args");
        try {
            Files.writeString(
                    options, "-cp\n\"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n");
            ProcessBuilder builder =
                    new ProcessBuilder(command(main, arguments, heapMegabytes, options)).redirectErrorStream(true);
            builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
            Process process = builder.start();
            try {
                return ended(process, heapMegabytes, limit);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(options);
        }
    }

    private static Outcome ended(Process process, int heapMegabytes, Duration limit)
            throws IOException, InterruptedException {
        process.getOutputStream().close();
        LastWords lastWords = LastWords.of(process.getInputStream());
        boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        if (inTime) {
            return outcome(process.exitValue(), heapMegabytes, lastWords.text());
        }
        return new Outcome(
                End.TIMED_OUT, process.exitValue(), "did not end within " + limit.toSeconds() + " s", lastWords.text());
    }

    private static Outcome outcome(int exitCode, int heapMegabytes, String lastWords) {
        if (exitCode == 0) {
            return new Outcome(End.DONE, exitCode, "ended", lastWords);
        }
        if (exitCode > SIGNALS) {
            return new Outcome(End.KILLED, exitCode, "was killed by signal " + (exitCode - SIGNALS), lastWords);
        }
        if (lastWords.contains(OutOfMemoryError.class.getName())) {
            return new Outcome(
                    End.OUT_OF_MEMORY, exitCode, "needs more than its " + heapMegabytes + " MB of memory", lastWords);
        }
        return new Outcome(End.FAILED, exitCode, "ended with exit code " + exitCode, lastWords);
    }

    private static List<String> command(Class<?> main, List<String> arguments, int heapMegabytes, Path options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + options);
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+ExitOnOutOfMemoryError");
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
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.cli.Millrace;
import io.millrace.cli.local.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that is stopped by a signal leaves nothing behind: no process, no port, no temporary file. */
@Timeout(180)
class TerminationIT {

    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PIPELINE =
            ROOT.resolve("examples/fraud/pipeline.yaml").toString();

    @TempDir
    private Path directory;

    @Test
    void stoppedRunLeavesNothingBehind() throws Exception {
        Command run = start("run", PIPELINE, "--local", "--port", Integer.toString(freePort()));
        run.awaitWords("running ");
        stopAndCheck(run, SIGTERM);
    }

    @Test
    void stoppedDemoLeavesNothingBehind() throws Exception {
        assumeThat(ignored(SIGINT)).as("children of this process ignore SIGINT").isFalse();
        Command demo = start("demo");
        demo.awaitWords("first prediction after ");
        stopAndCheck(demo, SIGINT);
    }

    @Test
    void stoppedBrokerFreesItsDirectory() throws Exception {
        Path data = directory.resolve("data");
        Command broker = start("broker", "--port", "0", "--data", data.toString());
        broker.awaitWords("Kafka 127.0.0.1:");
        stopAndCheck(broker, SIGTERM);
        EmbeddedBroker.start(data, 0).close();
    }

    @Test
    void stoppedTapEndsWithoutAComplaint() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
            Command topics = start(broker, "topics", "--create", PIPELINE);
            topics.awaitWords("made     card-fraud.predictions");
            assertThat(topics.process.waitFor()).isZero();
            Command tap = start(broker, "tap", "card-fraud.predictions");
            tap.awaitWords("tapping card-fraud.predictions, Ctrl-C stops");
            stopAndCheck(tap, SIGTERM);
        }
    }

    private void stopAndCheck(Command command, int signal) throws Exception {
        List<InetSocketAddress> ports = ListeningSockets.of(command.process.pid());
        List<ProcessHandle> children = command.process.descendants().toList();
        new ProcessBuilder("kill", "-" + signal, Long.toString(command.process.pid()))
                .start()
                .waitFor();
        List<String> lastWords = command.output.lines().toList();

        assertThat(command.process.waitFor()).as("exit code; %s", lastWords).isEqualTo(128 + signal);
        assertThat(lastWords).as("words after the signal").noneMatch(TerminationIT::isComplaint);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        for (InetSocketAddress port : ports) {
            try (ServerSocket again = new ServerSocket()) {
                again.bind(port);
                assertThat(again.isBound()).isTrue();
            }
        }
        try (Stream<Path> left = Files.walk(command.temporary)) {
            assertThat(left.filter(path -> !path.equals(command.temporary))).isEmpty();
        }
    }

    private static boolean isComplaint(String line) {
        return line.contains("Exception")
                || line.contains("ERROR")
                || line.startsWith("\tat ")
                || line.contains("but: ")
                || line.contains("not closed within");
    }

    private Command start(BrokerProcess broker, String... arguments) throws IOException {
        return start(List.of("KAFKA=" + broker.bootstrapServers()), arguments);
    }

    private Command start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    private Command start(List<String> environment, String... arguments) throws IOException {
        Path temporary = Files.createTempDirectory(directory, "tmp");
        List<String> options =
                List.of("-Xmx1g", "-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary, "-Dmillrace.home=" + ROOT);
        Path log = Files.createDirectories(JavaProcess.LOGS).resolve("termination.log");
        ProcessBuilder builder = JavaProcess.of(Millrace.class.getName(), options, List.of(arguments), log)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.PIPE);
        environment.forEach(entry -> builder.environment().put(entry.split("=", 2)[0], entry.split("=", 2)[1]));
        Process process = builder.start();
        return new Command(process, process.inputReader(), temporary);
    }

    /** Whether this process, and so its children, ignore a signal: those that a script started with {@code &} may. */
    private static boolean ignored(int signal) throws IOException {
        String mask = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(mask, 16) >> (signal - 1) & 1) == 1;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A command in a process of its own, and what it says. */
    private record Command(Process process, BufferedReader output, Path temporary) {

        void awaitWords(String words) throws IOException {
            List<String> said = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (line.startsWith(words)) {
                    return;
                }
            }
            throw new AssertionError("it ended before it said '" + words + "': " + said);
        }
    }
}

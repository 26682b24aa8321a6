/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose ports others want, and one whose data is damaged. */
@Timeout(90)
final class EmbeddedBrokerIT {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path directory;

    @Test
    void portThatIsTakenMeanwhileIsChosenAgain() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            Queue<Integer> taken = new ArrayDeque<>();
            taken.add(other.getLocalPort());
            taken.add(free());
            int twice = free();
            taken.add(twice);
            taken.add(twice);
            taken.add(free());
            taken.add(other.getLocalPort());
            try (EmbeddedBroker broker =
                    EmbeddedBroker.start(directory, 0, () -> taken.isEmpty() ? free() : taken.poll())) {
                assertThat(taken).isEmpty();
                assertThat(broker.bootstrapServers()).isNotEqualTo("127.0.0.1:" + other.getLocalPort());
                assertServes(broker);
            }
        }
    }

    @Test
    void portsThatAreAlwaysTakenAreGivenUp() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            int[] asked = {0};
            EmbeddedBroker.FreePorts race = () -> asked[0]++ % 2 == 0 ? free() : other.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0, race))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(
                            "Kafka broker: 5 times a port chosen on 127.0.0.1 was taken by another program before the"
                                    + " broker listened. Start it again.");
        }
        assertLeavesNothingRunning();
        EmbeddedBroker.start(directory, 0).close();
    }

    @Test
    void givenPortThatIsTakenMeanwhileIsRefused() throws IOException {
        int port = free();
        try (ServerSocket other = new ServerSocket()) {
            EmbeddedBroker.FreePorts race = () -> {
                if (!other.isBound()) {
                    other.bind(new InetSocketAddress(LOOPBACK, port));
                }
                return free();
            };
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, port, race))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(
                            "Kafka broker: port " + port + " on 127.0.0.1 is taken by another program. Stop that, or"
                                    + " choose another with --port.");
        }
        assertLeavesNothingRunning();
        EmbeddedBroker.start(directory, port).close();
    }

    @Test
    void dataOfSomethingElseIsRefusedAndTheDirectoryIsFreeAgain() throws IOException {
        Path log = Files.createDirectories(directory.resolve("log"));
        Path properties = Files.writeString(log.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=other\n");
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("Kafka broker: cannot start on the data in " + log + ": ")
                .hasMessageEndingWith(". Name another directory with --data, or delete this one.");
        assertLeavesNothingRunning();
        Files.delete(properties);
        EmbeddedBroker.start(directory, 0).close();
    }

    private static void assertServes(EmbeddedBroker broker) {
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(admin.list()).isEmpty();
        }
    }

    private static void assertLeavesNothingRunning() {
        Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("data-plane-kafka") || name.startsWith("kafka-1-raft"))
                .collect(Collectors.toSet());
        assertThat(threads).isEmpty();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}

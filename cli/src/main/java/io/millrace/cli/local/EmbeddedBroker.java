/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker in KRaft mode, broker and controller in one, on 127.0.0.1. Its directory may be kept: a broker started on
 * it again finds its records, also when the process before it was killed.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;

    private static final int ATTEMPTS = 5;

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final int port;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, int port) {
        this.server = server;
        this.lock = lock;
        this.port = port;
    }

    /** Finds ports on which nobody listens at the moment. */
    interface FreePorts {
        int next() throws IOException;
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param port 0 for a free one
     * @throws CommandException when the port or the directory is taken, or the data in it cannot be opened
     */
    public static EmbeddedBroker start(Path directory, int port) throws IOException {
        return start(directory, port, EmbeddedBroker::freePort);
    }

    static EmbeddedBroker start(Path directory, int port, FreePorts freePorts) throws IOException {
        Path data = Files.createDirectories(directory.toAbsolutePath());
        DirectoryLock lock = DirectoryLock.take(data, "Kafka broker");
        try {
            Path log = data.resolve("log");
            format(log);
            return start(log, port, freePorts, lock);
        } catch (RuntimeException | IOException failed) {
            lock.close();
            throw failed;
        }
    }

    /** A port that was free may be taken before the broker listens on it: then others are tried. */
    private static EmbeddedBroker start(Path log, int port, FreePorts freePorts, DirectoryLock lock)
            throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int ownPort = port == 0 ? freePorts.next() : checkFree(port);
            int controllerPort = freePorts.next();
            if (controllerPort == ownPort) {
                continue;
            }
            try {
                return new EmbeddedBroker(serve(properties(log, ownPort, controllerPort)), lock, ownPort);
            } catch (Exception failed) {
                if (!isTakenPort(failed)) {
                    throw cannotStart(log, failed);
                }
            }
        }
        throw new CommandException(
                ExitCode.FAILED,
                "Kafka broker: " + ATTEMPTS + " times a port chosen on " + HOST + " was taken by another program"
                        + " before the broker listened. Start it again.");
    }

    private static KafkaRaftServer serve(Map<String, Object> properties) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        boolean serving = false;
        try {
            startUp(server);
            serving = true;
            return server;
        } finally {
            if (!serving) {
                Uninterrupted.run(() -> shutDown(server));
            }
        }
    }

    /** A controller that cannot start would halt the process: here it throws, as a broker does. */
    private static synchronized void startUp(KafkaRaftServer server) {
        Thread starter = Thread.currentThread();
        Exit.setHaltProcedure((status, message) -> {
            if (Thread.currentThread() != starter) {
                Runtime.getRuntime().halt(status);
            }
        });
        try {
            server.startup();
        } finally {
            Exit.resetHaltProcedure();
        }
    }

    private static void shutDown(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static boolean isTakenPort(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static CommandException cannotStart(Path log, Exception failed) {
        return new CommandException(
                ExitCode.FAILED,
                "Kafka broker: cannot start on the data in " + log + ": " + failed.getMessage()
                        + ". Name another directory with --data, or delete this one.",
                failed);
    }

    public String bootstrapServers() {
        return HOST + ':' + port;
    }

    private static void format(Path log) {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(log.toString())
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .run();
        } catch (Exception refused) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "Kafka broker: " + log + " cannot be formatted: " + refused.getMessage()
                            + ". Check the rights, or name another directory.");
        }
    }

    private static Map<String, Object> properties(Path log, int port, int controllerPort) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", NODE);
        properties.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", log.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("transaction.max.timeout.ms", "3600000");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", "10485760");
        properties.put("controlled.shutdown.enable", "true");
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    private static int checkFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return port;
        } catch (IOException taken) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "Kafka broker: port " + port + " on " + HOST + " is taken by another program. Stop that, or choose"
                            + " another with --port.");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Uninterrupted.run(() -> shutDown(server));
        lock.close();
    }
}

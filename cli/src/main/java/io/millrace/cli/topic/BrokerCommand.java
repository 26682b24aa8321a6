/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.local.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace broker}: a real Kafka broker for a laptop. */
@Command(name = "broker", description = "Run a Kafka broker (KRaft, one node) on the loopback address until Ctrl-C.")
public final class BrokerCommand implements Callable<Integer> {

    private static final String DEFAULT_PORT = "9092";

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--port", defaultValue = DEFAULT_PORT, description = "The port (default: 9092; 0: a free one).")
    private int port;

    @Option(names = "--data", defaultValue = "data/kafka", description = "Where its data lives (default: data/kafka).")
    private Path data = Path.of("");

    @Override
    public Integer call() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
            output.say("Kafka " + broker.bootstrapServers() + ", data in " + data + ". Ctrl-C stops it.");
            if (output.json()) {
                output.printJson(Map.of("bootstrap_servers", broker.bootstrapServers()));
            }
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.Millrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code millrace broker} in a process of its own. To close it is to kill it. */
final class BrokerProcess implements AutoCloseable {

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts the broker and waits until it says where it is. */
    static BrokerProcess start(Path directory) throws IOException {
        Path log = Files.createDirectories(JavaProcess.LOGS).resolve("broker.log");
        List<String> arguments = List.of("broker", "--port", "0", "--data", directory.toString(), "--json");
        Process process = JavaProcess.of(Millrace.class.getName(), List.of("-Xmx512m"), arguments, log)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("the broker ended before it served: " + Files.readString(log));
            }
            return new BrokerProcess(
                    process,
                    new ObjectMapper().readTree(line).get("bootstrap_servers").asText());
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a command reaches Kafka when no pipeline file says it. */
final class KafkaOptions {

    @Option(
            names = {"-b", "--bootstrap"},
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA:-localhost:9092}",
            description = "Kafka's address (default: $KAFKA, else localhost:9092).")
    private String bootstrap = "";

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A Kafka client property, such as security.protocol=SASL_SSL. May be repeated.")
    private Map<String, String> properties = new HashMap<>();

    Map<String, String> clientProperties() {
        Map<String, String> all = new HashMap<>(properties);
        all.put("bootstrap.servers", bootstrap);
        return all;
    }
}

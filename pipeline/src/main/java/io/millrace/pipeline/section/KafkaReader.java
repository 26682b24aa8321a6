/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code kafka}: client properties that pass through, under Kafka's names or with '_' for every dot. */
final class KafkaReader {

    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";

    private static final String DEFAULT_SERVERS = "localhost:9092";
    private static final Pattern SERVER = Pattern.compile("\\s*[^\\s,]+:\\d{1,5}\\s*");

    private static final Set<String> CALLBACK_HANDLERS = Set.of(
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler",
            "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
    private static final Set<String> CODE =
            Set.of("metric.reporters", "security.providers", "config.providers", "partition.assignment.strategy");
    private static final List<String> LOGIN_MODULES_REFUSED = List.of("JndiLoginModule", "LdapLoginModule");

    static final Key<Map<String, String>> KAFKA = Key.withDefault(
            "kafka",
            new PassThrough(
                    "Kafka client property",
                    KafkaReader::property,
                    List.of(
                            PassThrough.Rule.reserved(reserved()),
                            KafkaReader::codeObjection,
                            KafkaReader::loginObjection,
                            KafkaReader::serversObjection,
                            Secrets::objection)),
            Map.of(BOOTSTRAP_SERVERS, DEFAULT_SERVERS),
            "properties of every Kafka client of the job, under Kafka's names, '_' or '.' between the words; secrets"
                    + " only as `${VAR}`");

    private KafkaReader() {}

    /** Kafka's name of a property as the file writes it. */
    static String property(String written) {
        return written.replace('_', '.');
    }

    /** The properties with an address, if need be the default one. */
    static Map<String, String> withServers(Map<String, String> properties) {
        Map<String, String> complete = new LinkedHashMap<>(properties);
        complete.putIfAbsent(BOOTSTRAP_SERVERS, DEFAULT_SERVERS);
        return complete;
    }

    private static Map<String, String> reserved() {
        Map<String, String> reserved = new LinkedHashMap<>();
        reserved.put("group.id", "Millrace names the consumer group after the pipeline. Remove it.");
        reserved.put("transactional.id", "Millrace names the transactions after the pipeline. Remove it.");
        for (String name : List.of("isolation.level", "enable.auto.commit", "auto.offset.reset")) {
            reserved.put(name, "Millrace sets it, so that each record is read exactly once. Remove it.");
        }
        for (String name : List.of("acks", "enable.idempotence")) {
            reserved.put(name, "Millrace sets it. Choose outputs.delivery instead.");
        }
        for (String name : List.of("key.serializer", "value.serializer", "key.deserializer", "value.deserializer")) {
            reserved.put(name, "Millrace reads and writes bytes. Choose an encoding of the stream or of the outputs.");
        }
        reserved.put(
                "allow.auto.create.topics",
                "Millrace never has topics made by accident. Run 'millrace topics --create'.");
        return reserved;
    }

    private static @Nullable String codeObjection(String name, YamlNode.Scalar value) {
        if (name.endsWith("callback.handler.class")) {
            return CALLBACK_HANDLERS.contains(value.text())
                    ? null
                    : "not a callback handler that Millrace knows. Use " + handlers() + ".";
        }
        boolean code = name.endsWith(".class") || name.endsWith(".classes") || CODE.contains(name);
        return code ? "it names code to load, which a pipeline file may not do. Remove it." : null;
    }

    private static String handlers() {
        return String.join(" or ", CALLBACK_HANDLERS.stream().sorted().toList());
    }

    private static @Nullable String loginObjection(String name, YamlNode.Scalar value) {
        if (!name.endsWith("jaas.config")) {
            return null;
        }
        for (String module : LOGIN_MODULES_REFUSED) {
            if (value.text().contains(module)) {
                return module + " can be made to run foreign code. Use a login module of Kafka.";
            }
        }
        return null;
    }

    private static @Nullable String serversObjection(String name, YamlNode.Scalar value) {
        boolean wrong = name.equals(BOOTSTRAP_SERVERS)
                && !Arrays.stream(value.text().split(",", -1))
                        .allMatch(server -> SERVER.matcher(server).matches());
        return wrong ? "expected host:port, several separated by commas, found " + value.found() + "." : null;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandException;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.topic.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class BrokerIT {

    private static final String TOPIC = "letters";

    @TempDir
    private Path directory;

    @Test
    void committedRecordsOutliveARestart() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            create(broker.bootstrapServers());
            produce(broker.bootstrapServers());
            assertThat(read(broker.bootstrapServers(), 3)).containsExactly("a", "b", "e");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(read(broker.bootstrapServers(), 3)).containsExactly("a", "b", "e");
            produce(broker.bootstrapServers());
            assertThat(read(broker.bootstrapServers(), 6)).containsExactly("a", "b", "e", "a", "b", "e");
        }
    }

    @Test
    void committedRecordsOutliveAKilledProcess() throws Exception {
        try (BrokerProcess killed = BrokerProcess.start(directory)) {
            create(killed.bootstrapServers());
            produce(killed.bootstrapServers());
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(inUse());
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(read(broker.bootstrapServers(), 3)).containsExactly("a", "b", "e");
        }
    }

    @Test
    void secondBrokerOnTheDirectoryIsRefused() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(inUse());
            create(broker.bootstrapServers());
        }
    }

    @Test
    void takenPortIsRefusedAndTheDirectoryIsFreeAgain() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, other.getLocalPort()))
                    .isInstanceOf(CommandException.class)
                    .hasMessage("Kafka broker: port " + other.getLocalPort() + " on 127.0.0.1 is taken by another"
                            + " program. Stop that, or choose another with --port.");
        }
        EmbeddedBroker.start(directory, 0).close();
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
            List<InetSocketAddress> listening =
                    ListeningSockets.of(ProcessHandle.current().pid());
            assertThat(listening)
                    .allMatch(socket -> socket.getAddress().isLoopbackAddress())
                    .anyMatch(socket -> socket.getPort() == port)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    private String inUse() {
        return "Kafka broker: directory " + directory + " is in use by another process. Stop that, or name another"
                + " directory with --data.";
    }

    private static void create(String bootstrapServers) {
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.create(List.of(TOPIC), 1, 1, Map.of());
            assertThat(admin.list()).contains(TOPIC);
        }
    }

    /** Two records that are committed, two that are taken back, one that is committed. */
    private static void produce(String bootstrapServers) {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "letters");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            send(producer, "a", "b");
            producer.commitTransaction();
            send(producer, "c", "d");
            producer.abortTransaction();
            send(producer, "e");
            producer.commitTransaction();
        }
    }

    private static void send(KafkaProducer<String, String> producer, String... values) {
        producer.beginTransaction();
        for (String value : values) {
            producer.send(new ProducerRecord<>(TOPIC, value));
        }
        producer.flush();
    }

    /** What is committed, once so much is: a commit takes effect a moment after it was promised, by the next broker too. */
    private static List<String> read(String servers, int count) throws Exception {
        List<String> letters = new ArrayList<>();
        Await.until(count + " committed records", Duration.ofSeconds(30), () -> {
            letters.clear();
            letters.addAll(read(servers));
            return letters.size() >= count;
        });
        return letters;
    }

    private static List<String> read(String bootstrapServers) {
        List<String> values = new ArrayList<>();
        try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrapServers))) {
            reader.at(List.of(TOPIC), false)
                    .toEnd(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
        }
        return values;
    }
}

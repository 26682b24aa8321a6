/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.ExitCode;
import io.millrace.cli.Invocation;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.local.TopicAdmin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code send} and {@code tap} on a real broker: what goes in comes out, and what does not fit is refused with its line. */
@Timeout(120)
final class TopicCommandsIT {

    private static final Path SCHEMA = Path.of("..", "examples", "fraud", "transaction.avsc");
    private static final String HEADER = "transaction_id,customer_id,terminal_id,amount,tx_time\n";
    private static final String FIRST =
            "{\"transaction_id\":1,\"customer_id\":2,\"terminal_id\":3,\"amount\":4.5,\"tx_time\":\"2024-01-01T00:00:00Z\"}";
    private static final String SECOND =
            "{\"transaction_id\":5,\"customer_id\":6,\"terminal_id\":7,\"amount\":80.0,\"tx_time\":\"2024-01-01T00:00:01Z\"}";

    @TempDir
    private static Path data;

    private static EmbeddedBroker broker;
    private static int topics;

    @TempDir
    private Path directory;

    private final String topic = "payments-" + topics++;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = EmbeddedBroker.start(data, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows.csv", "handbook.csv", "rows.csv.gz", "rows.jsonl", "rows.avro"})
    void everyKindOfFileArrivesWhole(String name) throws IOException {
        create();
        Path file = directory.resolve(name);
        if (name.endsWith(".jsonl")) {
            Files.writeString(file, FIRST + "\n\n" + SECOND.replace("transaction_id", "TRANSACTION_ID"));
        } else if (name.endsWith(".avro")) {
            writeAvro(file);
        } else {
            writeCsv(
                    file,
                    name.startsWith("handbook")
                            ? "TRANSACTION_ID,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_DATETIME,X"
                            : "");
        }
        JsonNode sent = send(file, "--json").json();
        assertThat(sent.get("topic").asText()).isEqualTo(topic);
        assertThat(sent.get("sent").asInt()).isEqualTo(2);
        assertThat(values("--schema", SCHEMA)).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void filterKeyAndTextAreAsAsked() throws IOException {
        create();
        Path file = directory.resolve("rows.csv");
        writeCsv(file, "");
        assertThat(send(file, "--key", "customer_id", "--rate", "1000").exitCode())
                .isZero();
        assertThat(values("--schema", SCHEMA, "--filter", "amount > 10")).containsExactly(SECOND);
        assertThat(values("--schema", SCHEMA, "--filter", "amount > 100")).isEmpty();
        Invocation text = tap("--schema", SCHEMA, "--filter", "amount > 10");
        assertThat(text.err()).isEmpty();
        assertThat(text.out()).matches("[01]/[01]  \\S+Z  key=6  \\Q" + SECOND + "\\E");
        assertThat(tap().out().lines()).hasSize(2).allMatch(line -> line.contains("  \"0x"));
    }

    @Test
    void filterThatCannotWorkIsRefused() throws IOException {
        create();
        assertThat(tap("--schema", SCHEMA, "--filter", "amuont > 10"))
                .isEqualTo(refusal(
                        ExitCode.USAGE,
                        "--filter: in 'amuont > 10' at 1:1: nothing is called 'amuont' here. Did you mean 'amount'?"));
        assertThat(tap("--schema", SCHEMA, "--filter", "amount"))
                .isEqualTo(refusal(ExitCode.USAGE, "--filter: 'amount' is not true or false. Compare it."));
        Path file = directory.resolve("rows.csv");
        writeCsv(file, "");
        send(file);
        assertThat(tap("--filter", "amount > 10"))
                .isEqualTo(refusal(
                        ExitCode.USAGE,
                        "--filter: topic " + topic + " holds values that are not Millrace's own. Give their Avro schema"
                                + " with --schema."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.csv   | 1,2,3,x,2024-01-01T00:00:00Z       | `:2 field 'amount': 'x' is not a double.`",
                "a.csv   | 1,2,3                              | `:2 the row has 3 cells and the header 5. Put cells that hold commas into quotes.`",
                "a.csv   | 1,2,3,4,5,2024-01-01T00:00:00Z     | `:2 the row has 6 cells and the header 5. Put cells that hold commas into quotes.`",
                "a.jsonl | {\"transaction_id\":              | `:1 not JSON: Unexpected end-of-input within/between Object entries`",
                "a.jsonl | [1]                                | `:1 not a JSON object. Write one object a line.`",
                "a.avro  | no file of records                 | ` cannot be read: Not an Avro data file.`",
                "a.txt   | 1                                  | ` is none of .csv, .jsonl, .avro (each also .gz). Rename or convert it.`",
            })
    void rowThatDoesNotFitIsRefusedWithItsPlace(String name, String row, String words) throws IOException {
        create();
        Path file = Files.writeString(directory.resolve(name), name.endsWith(".csv") ? HEADER + row + '\n' : row);
        assertThat(send(file)).isEqualTo(refusal(ExitCode.PROBLEMS, file + words));
    }

    @Test
    void whatASpreadsheetWritesIsRead() throws IOException {
        create();
        Path file = directory.resolve("rows.csv");
        writeCsv(file, "");
        Files.writeString(file, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
        assertThat(send(file, "--json").json().get("sent").asInt()).isEqualTo(2);
        assertThat(values("--schema", SCHEMA)).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void whatWasSentBeforeARowIsRefusedIsSaid() throws IOException {
        create();
        Path file = directory.resolve("rows.csv");
        writeCsv(file, "");
        Files.writeString(file, "x,y,z\n", StandardOpenOption.APPEND);
        assertThat(send(file))
                .isEqualTo(refusal(
                        ExitCode.PROBLEMS,
                        file
                                + ":4 the row has 3 cells and the header 5. Put cells that hold commas into quotes. 2 records"
                                + " before it were sent."));
        assertThat(values("--schema", SCHEMA)).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void fileThatIsNoneIsRefused() throws IOException {
        create();
        Path missing = directory.resolve("missing.csv");
        assertThat(send(missing)).isEqualTo(refusal(ExitCode.PROBLEMS, missing + " cannot be read. Check the name."));
        Path empty = Files.writeString(directory.resolve("empty.csv"), "");
        assertThat(send(empty))
                .isEqualTo(refusal(ExitCode.PROBLEMS, empty + " is empty. Its first line names the columns."));
        Path header = Files.writeString(directory.resolve("header.csv"), HEADER.replace("amount", "amont"));
        assertThat(send(header))
                .isEqualTo(refusal(
                        ExitCode.PROBLEMS,
                        header + ":1 no column for field 'amount', which has no default. Did you mean 'amont'? Rename a"
                                + " column, or give the field an alias."));
        Path schema = Files.writeString(directory.resolve("schema.avsc"), "{\"type\": }");
        assertThat(tap("--schema", schema).exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(tap("--schema", schema).err()).startsWith(schema + ":1:").contains(" not JSON: ");
        assertThat(tap("--schema", missing))
                .isEqualTo(
                        refusal(ExitCode.PROBLEMS, missing + " cannot be read. Give the Avro schema with --schema."));
    }

    @Test
    void optionsAreCheckedBeforeAnythingIsSent() throws IOException {
        create();
        Path file = directory.resolve("rows.csv");
        writeCsv(file, "");
        String unknown = ": schema io.millrace.example.fraud.Transaction has no field 'amuont'. Did you mean 'amount'?";
        assertThat(send(file, "--rate", "0"))
                .isEqualTo(refusal(ExitCode.USAGE, "--rate is 0.0. Give a number above 0."));
        assertThat(send(file, "--speed", "NaN"))
                .isEqualTo(refusal(ExitCode.USAGE, "--speed is NaN. Give a number above 0."));
        assertThat(send(file, "--speed", "2"))
                .isEqualTo(refusal(ExitCode.USAGE, "--speed follows a time field. Name it with --time."));
        assertThat(send(file, "--speed", "2", "--time", "amount"))
                .isEqualTo(refusal(
                        ExitCode.USAGE, "--time: field 'amount' is no time in milliseconds. Name one that is."));
        assertThat(send(file, "--key", "amuont")).isEqualTo(refusal(ExitCode.USAGE, "--key" + unknown));
        assertThat(send(file, "--time", "amuont")).isEqualTo(refusal(ExitCode.USAGE, "--time" + unknown));
        assertThat(send(file, "--kafka", "acks=7").err()).startsWith("--kafka: Invalid value 7 for configuration acks");
        assertThat(values("--schema", SCHEMA)).isEmpty();
    }

    @Test
    void topicThatIsNotThereIsRefused() throws IOException {
        create();
        Invocation refused = refusal(
                ExitCode.KAFKA,
                "Kafka at " + broker.bootstrapServers() + ": there is no topic '" + topic + "x'. Did you mean '" + topic
                        + "'? Make a pipeline's topics with millrace topics --create FILE.");
        Path file = directory.resolve("rows.csv");
        writeCsv(file, "");
        assertThat(Invocation.of("tap", topic + "x", "--to-end", "-b", broker.bootstrapServers()))
                .isEqualTo(refused);
        assertThat(Invocation.of("send", "-t", topic + "x", "-s", SCHEMA, "-b", broker.bootstrapServers(), file))
                .isEqualTo(refused);
    }

    @Test
    void kafkaThatCannotBeFoundIsRefused() {
        assertThat(Invocation.of("tap", topic, "--to-end", "-b", "no-port"))
                .isEqualTo(refusal(
                        ExitCode.KAFKA,
                        "Kafka at no-port: Invalid url in bootstrap.servers: no-port. Check the address and the client"
                                + " properties."));
    }

    private Invocation send(Path file, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("send", "-t", topic, "-s", SCHEMA, "-b", broker.bootstrapServers(), file));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments.toArray());
    }

    private Invocation tap(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("tap", topic, "--to-end", "-b", broker.bootstrapServers()));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments.toArray());
    }

    private List<String> values(Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of(more));
        arguments.add("--json");
        List<String> values = new ArrayList<>();
        for (String line : tap(arguments.toArray()).out().lines().toList()) {
            values.add(new ObjectMapper().readTree(line).get("value").toString());
        }
        return values;
    }

    private static Invocation refusal(int exitCode, String words) {
        return new Invocation(exitCode, "", words);
    }

    private void create() {
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.create(List.of(topic), 2, 1, Map.of());
        }
    }

    /** @param header of columns by other names, and one that no field has; empty: the fields' own names */
    private static void writeCsv(Path file, String header) throws IOException {
        String more = header.isEmpty() ? "" : ",more";
        String text = (header.isEmpty() ? HEADER : header + '\n') + "1,2,3,4.5,2024-01-01T00:00:00" + more
                + "\n5,6,7,80,2024-01-01 00:00:01Z" + more + '\n';
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static void writeAvro(Path file) throws IOException {
        Schema schema = new Schema.Parser().parse(Files.readString(SCHEMA));
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            for (long first : new long[] {1, 5}) {
                GenericRecord record = new GenericData.Record(schema);
                record.put("transaction_id", first);
                record.put("customer_id", first + 1);
                record.put("terminal_id", first + 2);
                record.put("amount", first == 1 ? 4.5 : 80.0);
                record.put("tx_time", 1_704_067_200_000L + (first == 1 ? 0 : 1_000));
                writer.append(record);
            }
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.schema.text.RecordText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace tap}: look into a topic, as a reader of committed records sees it. */
@Command(
        name = "tap",
        description =
                "Print the committed records of a topic. Millrace's own contracts are recognised; other Avro needs"
                        + " --schema.")
public final class TapCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description = "Print only records for which this is true: 'score >= 0.8'.")
    private @Nullable String filter;

    @Option(names = "--schema", description = "The Avro schema file of values in plain binary encoding.")
    private @Nullable Path schemaFile;

    @Option(names = "--to-end", description = "Begin at the start and stop at what is the end now.")
    private boolean toEnd;

    private final Map<String, RecordFilter> filters = new HashMap<>();
    private @Nullable Schema schema;

    @Override
    public Integer call() {
        schema = schemaFile == null ? null : SchemaFile.read(schemaFile);
        if (filter != null && schema != null) {
            filters.put(schema.getFullName(), new RecordFilter(filter, schema));
        }
        try (TopicAdmin admin = new TopicAdmin(kafka.clientProperties())) {
            admin.require(topic);
        }
        try (TopicReader reader = new TopicReader(kafka.clientProperties())) {
            reader.at(List.of(topic), !toEnd);
            if (toEnd) {
                reader.toEnd(this::print);
                return ExitCode.DONE;
            }
            output.say("tapping " + topic + ", Ctrl-C stops");
            while (!output.out().checkError()) {
                reader.next(this::print);
            }
        }
        return ExitCode.DONE;
    }

    private void print(ConsumerRecord<byte[], byte[]> record) {
        GenericRecord datum = read(record.value());
        if (filter != null && !passes(datum)) {
            return;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("partition", record.partition()).put("offset", record.offset());
        json.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        json.put("key", record.key() == null ? null : text(record.key()));
        ObjectNode headers = json.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? null : text(header.value()));
        }
        if (datum != null) {
            json.set("value", RecordText.json(datum));
        } else {
            json.put("value", record.value() == null ? null : text(record.value()));
        }
        output.out().println(output.json() ? json.toString() : line(json));
        output.out().flush();
    }

    private static String line(ObjectNode json) {
        return json.get("partition") + "/" + json.get("offset") + "  "
                + json.get("timestamp").asText() + "  key="
                + json.get("key").asText() + "  "
                + (json.get("headers").has("millrace.dlq.reason")
                        ? json.get("headers").get("millrace.dlq.reason").asText() + ": "
                                + json.get("headers")
                                        .get("millrace.dlq.message")
                                        .asText()
                        : json.get("value").toString());
    }

    private @Nullable GenericRecord read(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        Schema contract = RecordText.contractOf(value);
        if (contract != null) {
            return RecordText.read(value, contract, true);
        }
        return schema == null ? null : RecordText.read(value, schema, false);
    }

    /** A value that cannot be read passes no filter; without a schema that would be all of them, silently. */
    private boolean passes(@Nullable GenericRecord datum) {
        if (datum == null && schema == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--filter: topic " + topic
                            + " holds values that are not Millrace's own. Give their Avro schema with" + " --schema.");
        }
        return datum != null && filterFor(datum).test(datum);
    }

    private RecordFilter filterFor(GenericRecord datum) {
        return filters.computeIfAbsent(
                datum.getSchema().getFullName(), name -> new RecordFilter(String.valueOf(filter), datum.getSchema()));
    }

    /** Text where the bytes are text, hexadecimal where they are not. */
    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean printable = text.chars().noneMatch(c -> c == '\uFFFD' || (c < ' ' && c != '\n' && c != '\t'));
        return printable ? text : "0x" + HexFormat.of().formatHex(bytes);
    }
}

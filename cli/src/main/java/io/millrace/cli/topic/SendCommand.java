/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.text.RecordWriter;
import io.millrace.schema.text.TextException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace send}: a producer for files. */
@Command(
        name = "send",
        description = "Send the records of a file to a topic. CSV headers match field names or Avro aliases;"
                + " times without a zone are UTC.")
public final class SendCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = {"-t", "--topic"},
            required = true,
            description = "The topic.")
    private String topic = "";

    @Option(
            names = {"-s", "--schema"},
            required = true,
            description = "The Avro schema file.")
    private Path schema = Path.of("");

    @Option(names = "--encoding", defaultValue = "binary", description = "binary (default) or single_object.")
    private WireFormat encoding = WireFormat.BINARY;

    @Option(names = "--key", paramLabel = "FIELD", description = "The field that becomes the record's key.")
    private @Nullable String key;

    @ArgGroup
    private PaceOptions pace = new PaceOptions();

    /** How fast to send. */
    static final class PaceOptions {
        @Option(names = "--rate", paramLabel = "N", description = "Records a second.")
        private @Nullable Double rate;

        @Option(names = "--speed", paramLabel = "X", description = "Seconds of event time in a second; needs --time.")
        private @Nullable Double speed;
    }

    @Option(names = "--time", paramLabel = "FIELD", description = "The time field, for --speed.")
    private @Nullable String time;

    @Parameters(paramLabel = "FILE", description = "A .csv, .jsonl or .avro file, also as .gz.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        RecordWriter writer = writer();
        checkOptions(writer.schema());
        InputFile input = new InputFile(file, writer);
        try (TopicAdmin admin = new TopicAdmin(kafka.clientProperties())) {
            admin.require(topic);
        }
        long start = System.nanoTime();
        long sent = send(input, writer);
        double seconds = (System.nanoTime() - start) / 1e9;
        report(sent, seconds);
        return ExitCode.DONE;
    }

    private RecordWriter writer() {
        try {
            return new RecordWriter(SchemaFile.read(schema).toString(), encoding);
        } catch (TextException refused) {
            throw new CommandException(ExitCode.USAGE, "--encoding: " + refused.getMessage());
        }
    }

    private void checkOptions(Schema record) {
        checkAboveZero("--rate", pace.rate);
        checkAboveZero("--speed", pace.speed);
        if (key != null) {
            checkField("--key", record, key);
        }
        if (pace.speed != null && time == null) {
            throw usage("--speed follows a time field. Name it with --time.");
        }
        if (time != null && checkField("--time", record, time).schema().getType() != Schema.Type.LONG) {
            throw usage("--time: field '" + time + "' is no time in milliseconds. Name one that is.");
        }
    }

    private static void checkAboveZero(String option, @Nullable Double value) {
        if (value != null && !(value > 0)) {
            throw usage(option + " is " + value + ". Give a number above 0.");
        }
    }

    private static Schema.Field checkField(String option, Schema record, String name) {
        Schema.Field field = record.getField(name);
        if (field == null) {
            List<String> known =
                    record.getFields().stream().map(Schema.Field::name).toList();
            throw usage(option + ": schema " + record.getFullName() + " has no field '" + name + "'."
                    + Problems.suggest(name, known));
        }
        return field;
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    private long send(InputFile input, RecordWriter writer) throws Exception {
        long[] sent = {0};
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Pace clock = clock();
        try (KafkaProducer<byte[], byte[]> producer = producer();
                ProgressBar progress = progress(input.sizeBytes());
                InputStream counted = counted(input.open(), progress)) {
            input.forEach(counted, record -> {
                clock.await(timeOf(record));
                producer.send(producerRecord(record, writer), (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
                sent[0]++;
                rethrow(failure.get());
            });
            producer.flush();
        } catch (CommandException refused) {
            throw sent[0] == 0 || refused.exitCode() == ExitCode.KAFKA
                    ? refused
                    : new CommandException(
                            refused.exitCode(),
                            refused.getMessage() + " %,d records before it were sent.".formatted(sent[0]));
        }
        rethrow(failure.get());
        return sent[0];
    }

    private static void rethrow(@Nullable Exception failure) {
        if (failure != null) {
            throw new CommandException(ExitCode.KAFKA, "Kafka refused a record: " + failure.getMessage());
        }
    }

    private ProducerRecord<byte[], byte[]> producerRecord(GenericRecord record, RecordWriter writer) {
        Object keyValue = key == null ? null : record.get(key);
        byte[] keyBytes = keyValue == null ? null : keyValue.toString().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, keyBytes, writer.encode(record));
    }

    private Pace clock() {
        if (pace.rate != null) {
            return Pace.rate(pace.rate);
        }
        return pace.speed == null ? Pace.unlimited() : Pace.speed(pace.speed);
    }

    private long timeOf(GenericRecord record) {
        return time == null ? 0 : (Long) record.get(time);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        try {
            return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (ConfigException refused) {
            throw usage("--kafka: " + refused.getMessage() + ".");
        }
    }

    private ProgressBar progress(long bytes) {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName(String.valueOf(file.getFileName()))
                .setInitialMax(bytes)
                .setUnit(" MB", 1_000_000)
                .setUpdateIntervalMillis(output.interactive() ? 200 : Integer.MAX_VALUE);
        if (!output.interactive()) {
            builder.setConsumer(new Silence());
        }
        return builder.build();
    }

    private static InputStream counted(InputStream in, ProgressBar progress) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                progress.stepBy(Math.max(0, count));
                return count;
            }
        };
    }

    private void report(long sent, double seconds) {
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("topic", topic);
            result.put("sent", sent);
            result.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
            output.printJson(result);
        } else {
            output.say("sent %,d records to %s in %.1f s".formatted(sent, topic, seconds));
        }
    }
}

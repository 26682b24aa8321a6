/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.demo;

import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.schema.text.RecordText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What the output topics have said so far, and a text picture of it. Not thread-safe. */
final class LiveView {

    private static final int SHOWN = 8;
    private static final int LATEST = 500;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final OutputSpec outputs;
    private final long liveFromMillis;
    private final Deque<String> flagged = new ArrayDeque<>();
    private final Map<String, Double> signals = new TreeMap<>();
    private final Deque<Long> latencies = new ArrayDeque<>();
    private String modelEvent = "";
    private String window = "none yet";
    private long predictions;
    private long live;
    private long positives;
    private long deadLetters;
    private long late;
    private long signalRecords;

    LiveView(OutputSpec outputs, long liveFromMillis) {
        this.outputs = outputs;
        this.liveFromMillis = liveFromMillis;
    }

    long predictions() {
        return predictions;
    }

    long live() {
        return live;
    }

    void see(ConsumerRecord<byte[], byte[]> record, long nowMillis) {
        if (record.topic().equals(outputs.deadLetters())) {
            deadLetters++;
        } else if (record.topic().equals(outputs.late())) {
            late++;
        } else {
            GenericRecord datum = read(record.value());
            if (datum != null && record.topic().equals(outputs.predictions())) {
                prediction(datum, record, nowMillis);
            } else if (datum != null && record.topic().equals(outputs.signals())) {
                signal(datum);
            } else if (datum != null && record.topic().equals(outputs.models())) {
                modelEvent = modelLine(datum);
            }
        }
    }

    private static @Nullable GenericRecord read(byte[] value) {
        Schema contract = RecordText.contractOf(value);
        return contract == null ? null : RecordText.read(value, contract, true);
    }

    private void prediction(GenericRecord prediction, ConsumerRecord<byte[], byte[]> record, long nowMillis) {
        predictions++;
        long eventTime = (Long) prediction.get("event_time");
        if (eventTime >= liveFromMillis) {
            live++;
            latencies.addLast(scoredAt(record, nowMillis) - eventTime);
            if (latencies.size() > LATEST) {
                latencies.removeFirst();
            }
        }
        if (Boolean.TRUE.equals(prediction.get("decision"))) {
            positives++;
            flagged.addLast(flaggedLine(prediction, eventTime));
            if (flagged.size() > SHOWN) {
                flagged.removeFirst();
            }
        }
    }

    private static long scoredAt(ConsumerRecord<byte[], byte[]> record, long nowMillis) {
        Header header = record.headers().lastHeader("millrace.scored_at");
        return header == null ? nowMillis : Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static String flaggedLine(GenericRecord prediction, long eventTime) {
        Map<String, Double> carried = new HashMap<>();
        ((Map<?, ?>) prediction.get("carried")).forEach((name, value) -> {
            if (value instanceof Double number) {
                carried.put(name.toString(), number);
            }
        });
        return "  %s  payment %-8s customer %-6.0f terminal %-6.0f amount %9.2f   score %.3f"
                .formatted(
                        CLOCK.format(Instant.ofEpochMilli(eventTime)),
                        prediction.get("event_id"),
                        carried.getOrDefault("customer_id", Double.NaN),
                        carried.getOrDefault("terminal_id", Double.NaN),
                        carried.getOrDefault("amount", Double.NaN),
                        (Float) prediction.get("score"));
    }

    private static String modelLine(GenericRecord event) {
        String model = event.get("model") instanceof GenericRecord version
                ? version.get("name") + " " + version.get("version")
                : "";
        String from = event.get("fence") instanceof Long fence
                ? " from " + CLOCK.format(Instant.ofEpochMilli(fence)) + " on"
                : "";
        return event.get("kind") + " " + model + from + " " + event.get("reason");
    }

    private void signal(GenericRecord signal) {
        signalRecords++;
        if (signal.get("feature") == null && signal.get("value") instanceof Double value) {
            signals.put(signal.get("metric").toString(), value);
            window = CLOCK.format(Instant.ofEpochMilli((Long) signal.get("window_start"))) + " to "
                    + CLOCK.format(Instant.ofEpochMilli((Long) signal.get("window_end")));
        }
    }

    /** One line for a log. */
    String line(double perSecond) {
        return "%,d predictions (%,.0f/s), %,d flagged, %,d dead letters, %,d late; live latency %s; %,d signals"
                .formatted(predictions, perSecond, positives, deadLetters, late, latency(), signalRecords);
    }

    /** The whole picture. */
    String picture(double perSecond, long sent) {
        StringBuilder text = new StringBuilder();
        text.append(
                "Millrace demo: card fraud, order event_time, exactly once          Ctrl-C stops it%n%n".formatted());
        text.append("  sent          %,12d  payments and chargebacks%n".formatted(sent));
        text.append(
                "  predictions   %,12d  %,.0f/s now, %,d of live payments%n".formatted(predictions, perSecond, live));
        text.append("  flagged       %,12d%n".formatted(positives));
        text.append("  dead letters  %,12d%n  late          %,12d%n".formatted(deadLetters, late));
        text.append("  latency       %s  (payment made to score, live payments; 1 s of it is max_out_of_order)%n%n"
                .formatted(latency()));
        text.append("Signals: %,d so far; the latest window of event time, %s%n".formatted(signalRecords, window));
        signals.forEach((metric, value) -> text.append("  %-22s %,14.3f%n".formatted(metric, value)));
        if (!modelEvent.isEmpty()) {
            text.append("%nModels: %s%n".formatted(modelEvent));
        }
        text.append("%nLast flagged%n".formatted());
        flagged.descendingIterator().forEachRemaining(line -> text.append(line).append(System.lineSeparator()));
        return text.toString();
    }

    private String latency() {
        if (latencies.isEmpty()) {
            return "none yet";
        }
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        return "p50 %,d ms  p90 %,d ms  p99 %,d ms".formatted(at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99));
    }

    private static long at(long[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }
}

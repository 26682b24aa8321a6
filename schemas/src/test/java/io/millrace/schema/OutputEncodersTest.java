/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.text.RecordText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class OutputEncodersTest {

    private static final OutputSpec OUTPUTS =
            new OutputSpec("fraud", Delivery.EXACTLY_ONCE, WireFormat.SINGLE_OBJECT, true, List.of());

    private static final RecursiveComparisonConfiguration EXACT = RecursiveComparisonConfiguration.builder()
            .withEqualsForType(Double::equals, Double.class)
            .build();

    @Test
    void predictionIsReadBackByItsContract() {
        OutputRecord record = new PredictionEncoder("fraud.predictions", WireFormat.SINGLE_OBJECT).encode(prediction());
        byte[] value = Objects.requireNonNull(record.value());

        Schema contract = Objects.requireNonNull(RecordText.contractOf(value));
        GenericRecord read = Objects.requireNonNull(RecordText.read(value, contract, true));
        ObjectNode json = RecordText.json(read);

        assertThat(json.toString())
                .isEqualTo("{\"prediction_id\":\"e1@m-3\",\"event_id\":\"e1\",\"key\":\"0709\","
                        + "\"event_time\":\"2023-11-14T22:13:20Z\",\"pipeline\":\"fraud\","
                        + "\"model\":{\"name\":\"m\",\"version\":\"3\",\"digest\":\"abc\"},\"arm\":\"champion\","
                        + "\"feature_digest\":\"def\",\"source\":{\"topic\":\"in\",\"partition\":2,\"offset\":77},"
                        + "\"score\":0.75,\"outputs\":[0.25,0.75],\"label\":\"fraud\",\"decision\":true,\"top\":[{\"item\":\"blue\",\"score\":0.75},{\"item\":\"red\",\"score\":0.25}],"
                        + "\"features\":[1.5,null],\"carried\":" + json.get("carried") + ",\"explanation\":null}");
        assertThat(json.get("carried").get("amount").doubleValue()).isEqualTo(12.5);
        assertThat(json.get("carried").get("channel").textValue()).isEqualTo("web");
        assertThat(json.get("carried").get("card_present").booleanValue()).isTrue();
        assertThat(json.get("carried").get("gone").isNull()).isTrue();
        assertThat(record.key()).containsExactly(7, 9);
        assertThat(texts(record.headers()))
                .containsEntry("ce_id", "e1@m-3")
                .containsEntry("ce_type", "io.millrace.prediction")
                .containsEntry("ce_time", "2023-11-14T22:13:20Z")
                .containsEntry("millrace.scored_at", "1700000000123");
    }

    @Test
    void explanationsAreReadBackByTheContract() {
        Explanation told = new Explanation(
                "occlusion",
                "training_mean",
                new String[] {"amount", "channel"},
                new double[] {Double.NaN, 2},
                new double[] {-0.5, 0.25},
                0.125,
                null);
        assertThat(explanation(told))
                .isEqualTo("{\"method\":\"occlusion\",\"baseline\":\"training_mean\",\"reasons\":["
                        + "{\"feature\":\"amount\",\"value\":null,\"contribution\":-0.5},"
                        + "{\"feature\":\"channel\",\"value\":2.0,\"contribution\":0.25}],"
                        + "\"completeness_error\":0.125,\"skipped\":null}");
        assertThat(explanation(Explanation.skipped("occlusion", Explanation.BUDGET)))
                .isEqualTo("{\"method\":\"occlusion\",\"baseline\":\"\",\"reasons\":[],"
                        + "\"completeness_error\":null,\"skipped\":\"budget\"}");
    }

    /** As its JSON, and the same once more by way of the decoder. */
    private static String explanation(Explanation explanation) {
        PredictionEncoder encoder = new PredictionEncoder("fraud.predictions", WireFormat.SINGLE_OBJECT);
        byte[] value = Objects.requireNonNull(
                encoder.encode(prediction().with(explanation)).value());
        Prediction again = Objects.requireNonNull(new PredictionDecoder(WireFormat.SINGLE_OBJECT).decode(value));
        assertThat(again.explanation()).usingRecursiveComparison(EXACT).isEqualTo(explanation);
        GenericRecord read = Objects.requireNonNull(RecordText.read(value, Contracts.prediction(), true));
        return RecordText.json(read).get("explanation").toString();
    }

    @Test
    void signalIsReadBackByItsContract() {
        MonitoringSignal signal = new MonitoringSignal(
                "fraud",
                "latency",
                "latency_p99_ms",
                "log_linear_histogram",
                1_000,
                2_000,
                "3",
                null,
                null,
                Double.NaN,
                5,
                10,
                MonitoringSignal.State.INSUFFICIENT);
        byte[] value = Objects.requireNonNull(new SignalEncoder("fraud.signals", WireFormat.BINARY)
                .encode(signal)
                .value());

        GenericRecord read = Objects.requireNonNull(RecordText.read(value, Contracts.monitoringSignal(), false));

        assertThat(read.get("metric")).hasToString("latency_p99_ms");
        assertThat(read.get("value")).isNull();
        assertThat(read.get("threshold")).isEqualTo(10.0);
        assertThat(read.get("state")).hasToString("INSUFFICIENT");
    }

    @Test
    void deadLetterKeepsTheOriginalByteForByteAndSaysWhy() {
        RawRecord raw = raw(new byte[] {1, 2, 3}, new RawHeader("trace", new byte[] {4}), new RawHeader("none", null));
        DeadLetter letter =
                new DeadLetter(raw, DeadLetter.Reason.MISSING_FIELD, "source", "amount", "why", 9, 1_700_000_000_999L);

        OutputRecord record = new RefusalEncoder("fraud", OUTPUTS, OutputLimits.DEFAULT).encode(letter);

        assertThat(record.topic()).isEqualTo("fraud.dead-letters");
        assertThat(record.key()).isSameAs(raw.key());
        assertThat(record.value()).isSameAs(raw.value());
        assertThat(Arrays.copyOf(record.headers(), 2)).isEqualTo(raw.headers());
        assertThat(texts(Arrays.copyOfRange(record.headers(), 2, record.headers().length)))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("millrace.dlq.reason", "MISSING_FIELD"),
                        Map.entry("millrace.dlq.stage", "source"),
                        Map.entry("millrace.dlq.topic", "in"),
                        Map.entry("millrace.dlq.partition", "2"),
                        Map.entry("millrace.dlq.offset", "77"),
                        Map.entry("millrace.dlq.timestamp", "1700000000000"),
                        Map.entry("millrace.dlq.pipeline", "fraud"),
                        Map.entry("millrace.dlq.message", "why"),
                        Map.entry("millrace.dlq.field", "amount"),
                        Map.entry("millrace.dlq.schema-id", "9"),
                        Map.entry("millrace.dlq.at", "1700000000999")));
    }

    @Test
    void originalThatNoBrokerWouldTakeShrinksUntilItFits() {
        OutputLimits limits = new OutputLimits(10_000);
        RefusalEncoder encoder = new RefusalEncoder("fraud", OUTPUTS, limits);
        RawHeader large = new RawHeader("h", new byte[20_000]);

        OutputRecord longValue = encoder.encode(late(raw(new byte[50_000])));
        OutputRecord longHeaders = encoder.encode(late(raw(new byte[50_000], large)));
        OutputRecord longKey = encoder.encode(late(new RawRecord(
                new SourcePosition("in", 2, 77), 0, new byte[30_000], new byte[50_000], new RawHeader[] {large})));

        assertThat(longValue.topic()).isEqualTo("fraud.late");
        assertThat(longValue.value()).hasSize(1_024);
        assertThat(texts(longValue.headers()).get("millrace.truncated"))
                .startsWith("value: 50000 bytes, sha256 ")
                .doesNotContain("headers:");
        assertThat(texts(longHeaders.headers()).get("millrace.truncated")).contains("; headers: 1, sha256 ");
        assertThat(longKey.key()).hasSize(1_024);
        assertThat(limits.allow(longValue) && limits.allow(longHeaders) && limits.allow(longKey))
                .isTrue();
    }

    @Test
    void contractsStayCompatibleWithEveryReleaseBothWays() throws IOException {
        for (Schema current : Contracts.all()) {
            String file = current.getName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            Schema released = released("/contracts/v0.1/" + file + ".avsc");
            assertCompatible(current, released);
            assertCompatible(released, current);
        }
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static Schema released(String path) throws IOException {
        try (InputStream file = OutputEncodersTest.class.getResourceAsStream(path)) {
            return new Schema.Parser().parse(Objects.requireNonNull(file, path));
        }
    }

    private static Prediction prediction() {
        return new Prediction(
                "e1@m-3",
                "e1",
                new byte[] {7, 9},
                1_700_000_000_000L,
                "fraud",
                new ModelVersion("m", "3", "abc"),
                "champion",
                "def",
                new SourcePosition("in", 2, 77),
                0.75f,
                new float[] {0.25f, 0.75f},
                "fraud",
                true,
                new Ranking(new String[] {"blue", "red"}, new float[] {0.75f, 0.25f}),
                new float[] {1.5f, Float.NaN},
                new String[] {"amount", "channel", "card_present", "gone"},
                new Object[] {12.5, "web", true, null},
                1_700_000_000_100L,
                1_700_000_000_123L);
    }

    private static LateRecord late(RawRecord raw) {
        return new LateRecord(raw, "e1", 5, 6, true, 7);
    }

    private static RawRecord raw(byte[] value, RawHeader... headers) {
        return new RawRecord(new SourcePosition("in", 2, 77), 1_700_000_000_000L, new byte[] {1}, value, headers);
    }

    private static Map<String, String> texts(RawHeader[] headers) {
        Map<String, String> texts = new TreeMap<>();
        for (RawHeader header : headers) {
            byte[] value = header.value();
            texts.put(header.name(), value == null ? "null" : new String(value, StandardCharsets.UTF_8));
        }
        return texts;
    }
}

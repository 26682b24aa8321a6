/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.ExitCode;
import io.millrace.cli.Invocation;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.run.PipelineRun;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.schema.Contracts;
import io.millrace.schema.text.RecordText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every prediction of a job is reproduced from its sources, and whatever is tampered with afterwards is named. */
class ReproduceIT {

    private static final long SEED = Long.getLong("millrace.seed", 20_265);
    private static final int PAYMENTS = 10_000;
    private static final int PAYMENTS_PER_REPORT = 10;
    private static final long STEP_MILLIS = 300;
    private static final int DISORDER_MILLIS = 1_900;
    private static final int PARTITION = 0;
    private static final long DELETED_BEFORE = 1_000;
    private static final int HEADER_BYTES = 10;
    private static final long START_MILLIS = 1_714_521_600_000L;

    @TempDir
    private Path directory;

    private Path file = Path.of("");
    private InferencePlan plan;
    private GenericRecord one;

    /** The predictions from one partition, by offset. */
    private final Map<Long, String> ids = new HashMap<>();

    @Test
    @Timeout(180)
    void predictionsAreReproducedAndTamperingIsNamed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            plan = PaymentPipeline.install(directory.resolve("pipeline"), broker);
            file = directory.resolve("pipeline").resolve("payments.yaml");
            Files.writeString(file, Files.readString(file).replace("${KAFKA}", broker.bootstrapServers()));
            run();

            allMatch();
            unknownPredictionIsSaidToBeUnknown();
            alteredFeatureIsNamed();
            alteredScoreIsNamed();
            predictionWithoutFeaturesIsComparedByItsScore();
            changedFeaturesAreNamed();
            changedBundleIsNamed();
            deletedEventsAreNamed();
        }
    }

    private void run() throws Exception {
        try (Feed feed = new Feed(plan);
                Outcomes outcomes = new Outcomes(plan)) {
            PaymentStream stream = new PaymentStream(SEED);
            for (int i = 0; i < PAYMENTS; i++) {
                long time = START_MILLIS + i * STEP_MILLIS;
                feed.send(stream.payment(time - stream.choose(DISORDER_MILLIS)));
                if (i % PAYMENTS_PER_REPORT == 0) {
                    feed.send(stream.report(time - stream.choose(DISORDER_MILLIS)));
                }
            }
            feed.flush();
            try (PipelineRun run = PipelineRun.start(plan, directory.resolve("flink"), true)) {
                assertThat(run.awaitEnd().predictions()).as("seed %d", SEED).isEqualTo(PAYMENTS);
            }
            outcomes.readToEnd();
            outcomes.byInput()
                    .forEach((position, seen) -> remember(position, seen.get(0).prediction()));
        }
    }

    private void remember(SourcePosition position, GenericRecord prediction) {
        String id = prediction.get("prediction_id").toString();
        if (position.partition() == PARTITION) {
            ids.put(position.offset(), id);
        }
        if (id.equals("p9000@payment-risk-1")) {
            one = prediction;
        }
    }

    private void allMatch() throws IOException {
        long start = System.nanoTime();
        Invocation sample = Invocation.of("reproduce", file, "--sample", PAYMENTS, "--seed", SEED, "--json", "--quiet");
        System.out.println("REPRODUCE " + PAYMENTS + " in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(sample)
                .isEqualTo(new Invocation(
                        ExitCode.DONE,
                        "{\"checked\":10000,\"seed\":" + SEED + ",\"outcomes\":{\"MATCH\":10000},\"first\":[]}",
                        ""));
        assertThat(reproduce("p9000@payment-risk-1"))
                .isEqualTo(new Invocation(
                        ExitCode.DONE,
                        "MATCH            prediction 'p9000@payment-risk-1': 9 features and what the model said are"
                                + " reproduced to the last bit.",
                        ""));
        Invocation few = Invocation.of("reproduce", file, "--sample", 20, "--seed", SEED, "-q");
        assertThat(few).isEqualTo(new Invocation(ExitCode.DONE, "MATCH            20", ""));
    }

    private void unknownPredictionIsSaidToBeUnknown() {
        assertThat(reproduce("p10000@payment-risk-1"))
                .isEqualTo(new Invocation(
                        ExitCode.FAILED,
                        "",
                        "topic payments.predictions holds no committed prediction 'p10000@payment-risk-1'. An id is the"
                                + " event's and the version's: EVENT@MODEL-VERSION, as millrace tap"
                                + " payments.predictions shows it. Or its record is gone by retention, or its event is"
                                + " on payments.dead-letters or payments.late."));
    }

    private void alteredFeatureIsNamed() throws Exception {
        float[] recorded = new float[1];
        write("feature", altered -> {
            ByteBuffer features =
                    ((ByteBuffer) altered.get("features")).duplicate().order(ByteOrder.LITTLE_ENDIAN);
            byte[] bytes = new byte[features.remaining()];
            features.get(bytes);
            ByteBuffer changed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            recorded[0] = changed.getFloat(5 * Float.BYTES);
            changed.putFloat(5 * Float.BYTES, Math.nextUp(recorded[0]));
            altered.put("features", ByteBuffer.wrap(bytes));
        });
        assertThat(reproduce("feature"))
                .isEqualTo(new Invocation(
                        ExitCode.DIFFERS,
                        "DIFFERS          prediction 'feature': feature shop_count: recorded "
                                + Math.nextUp(recorded[0]) + ", recomputed " + recorded[0]
                                + ". Either the record was altered, or the job did not meet the events that the topics"
                                + " hold now: was it started behind the first offset, did a partition wake from"
                                + " idleness, or were events appended later that lie before it?",
                        ""));
        JsonNode json = Invocation.of("reproduce", file, "--prediction", "feature", "--json")
                .json();
        assertThat(List.of(
                        json.get("outcome").asText(),
                        json.get("field").asText(),
                        json.get("recomputed").asText()))
                .containsExactly("DIFFERS", "feature shop_count", Float.toString(recorded[0]));
    }

    private void alteredScoreIsNamed() throws Exception {
        float score = (float) one.get("score");
        write("score", altered -> altered.put("score", Math.nextUp(score)));
        assertThat(reproduce("score"))
                .isEqualTo(new Invocation(
                        ExitCode.DIFFERS,
                        "DIFFERS          prediction 'score': score: recorded " + Math.nextUp(score) + ", recomputed "
                                + score + ". The features are the same. Either the record was altered, or the pipeline"
                                + " decides by another rule now.",
                        ""));
    }

    private void predictionWithoutFeaturesIsComparedByItsScore() throws Exception {
        write("bare", altered -> altered.put("features", null));
        assertThat(reproduce("bare"))
                .isEqualTo(new Invocation(
                        ExitCode.DONE,
                        "MATCH            prediction 'bare': what the model said is reproduced to the last bit; the"
                                + " features were not recorded (outputs.features), so they were not compared.",
                        ""));
    }

    private void changedFeaturesAreNamed() throws IOException {
        Path changed = file.resolveSibling("changed.yaml");
        Files.writeString(changed, Files.readString(file).replace("by: customer, over: 5m", "by: customer, over: 6m"));
        String digest = Invocation.of("reproduce", changed, "--prediction", "p9000@payment-risk-1", "--json")
                .json()
                .get("message")
                .asText()
                .replaceAll(".*the pipeline file's have ([0-9a-f]{64}).*", "$1");
        assertThat(digest).matches("[0-9a-f]{64}").isNotEqualTo(plan.featureDigest());
        assertThat(Invocation.of("reproduce", changed, "--prediction", "p9000@payment-risk-1"))
                .isEqualTo(new Invocation(
                        ExitCode.FEATURES_CHANGED,
                        "FEATURES_CHANGED prediction 'p9000@payment-risk-1': its features were computed by definitions"
                                + " with the digest " + plan.featureDigest() + ", the pipeline file's have " + digest
                                + ". Give the pipeline file as it was when the prediction was made.",
                        ""));
    }

    private void changedBundleIsNamed() throws Exception {
        Path bundle = Path.of(URI.create(plan.store().uri())).resolve("payment-risk/1");
        Random random = new Random(SEED);
        for (String name : List.of("coefficients.bin", "bundle.json")) {
            Path damaged = bundle.resolve(name);
            byte[] bytes = Files.readAllBytes(damaged);
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(damaged, flipped);
            Invocation found = reproduce("p9000@payment-risk-1");
            Files.write(damaged, bytes);
            assertThat(found.exitCode()).as("%s, seed %d", found, SEED).isEqualTo(ExitCode.BUNDLE_CHANGED);
            String expected = name.equals("bundle.json")
                    ? plan.store().uri() + "/payment-risk/1/bundle.json has the sha256 " + sha256(flipped)
                            + ", the prediction names " + plan.model().digest()
                            + ". A version never changes: restore it."
                    : "bundle " + bundle + ": coefficients.bin: has the sha256 " + sha256(flipped)
                            + ", which is not the one in bundle.json. Copy the bundle again.";
            assertThat(found.out())
                    .isEqualTo("BUNDLE_CHANGED   prediction 'p9000@payment-risk-1': the bundle that scored it does not"
                            + " have its digest: " + expected);
        }
        Path away = Files.move(bundle, directory.resolve("away"));
        Invocation gone = reproduce("p9000@payment-risk-1");
        Files.move(away, bundle);
        assertThat(gone.exitCode()).isEqualTo(ExitCode.BUNDLE_GONE);
        assertThat(gone.out())
                .startsWith("BUNDLE_GONE      prediction 'p9000@payment-risk-1': the bundle that scored it is gone:"
                        + " model 'payment-risk'");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** The events at the beginning of one partition go, as retention takes them. */
    private void deletedEventsAreNamed() throws Exception {
        TopicPartition partition = new TopicPartition(PaymentPipeline.PAYMENTS, PARTITION);
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(plan.spec().kafka()))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(DELETED_BEFORE)))
                    .all()
                    .get();
        }
        JsonNode sample = Invocation.of("reproduce", file, "--sample", 2 * PAYMENTS, "--seed", SEED, "--json")
                .json();
        List<String> outcomes = new ArrayList<>();
        sample.get("outcomes").fieldNames().forEachRemaining(outcomes::add);
        assertThat(outcomes).containsExactlyInAnyOrder("DIFFERS", "SOURCE_GONE", "MATCH");
        assertThat(sample.get("outcomes").get("DIFFERS").asInt()).isEqualTo(2);
        assertThat(sample.get("outcomes").get("SOURCE_GONE").asLong()).isGreaterThan(DELETED_BEFORE);
        String gone = sample.get("first").findValuesAsText("message").stream()
                .filter(message -> message.contains("is gone"))
                .findFirst()
                .orElseThrow();
        assertThat(gone)
                .matches("prediction 'p\\d+@payment-risk-1': its source event at payments-0 offset \\d+ is gone: the"
                        + " partition begins at offset 1000 now\\. Without it nothing can be computed again\\. Keep the"
                        + " topic's records for as long as predictions must be reproduced \\(retention\\.ms\\)\\.");
        assertThat(withinReach())
                .endsWith(". Its windows reach back to events that are gone: payments-0 begins at offset"
                        + " 1000. Keep the topic's records for longer than the windows reach (retention.ms).");
    }

    /** What is said of a prediction whose own event is there, while one before it is not. */
    private String withinReach() {
        for (long offset = DELETED_BEFORE; ids.containsKey(offset); offset++) {
            Invocation found = reproduce(ids.get(offset));
            if (found.exitCode() == ExitCode.SOURCE_GONE) {
                return found.out();
            }
        }
        throw new AssertionError("no prediction reaches back to what was deleted; seed " + SEED);
    }

    private Invocation reproduce(String id) {
        return Invocation.of("reproduce", file, "--prediction", id);
    }

    /** Puts an altered copy of the one prediction on the topic, under another id. */
    private void write(String id, Consumer<GenericRecord> alteration) throws Exception {
        byte[] value = bytes(one);
        GenericRecord altered = Objects.requireNonNull(RecordText.read(value, Contracts.prediction(), true));
        altered.put("prediction_id", id);
        alteration.accept(altered);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(plan.spec().kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(plan.spec().outputs().predictions(), bytes(altered)))
                    .get();
        }
    }

    private static byte[] bytes(GenericRecord prediction) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long fingerprint = SchemaNormalization.parsingFingerprint64(prediction.getSchema());
        out.write(ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(fingerprint)
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(prediction.getSchema()).write(prediction, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}

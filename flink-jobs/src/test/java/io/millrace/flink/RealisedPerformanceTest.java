/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.Contracts;
import io.millrace.schema.Decoded;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.PredictionDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The signals of a job against the same numbers taken of joined rows, slowly: every prediction against every label. */
@Timeout(600)
class RealisedPerformanceTest {

    private static final long SEED = Long.getLong("millrace.seed", 31);
    private static final long HORIZON_MILLIS = 120_000;
    private static final long WINDOW_MILLIS = 60_000;

    private static final Set<String> COMPARED = Set.of(
            "accuracy",
            "precision",
            "recall",
            "f1",
            "roc_auc",
            "log_loss",
            "brier",
            "value",
            "value_best",
            "value_regret",
            "value_within_capacity",
            "estimated_accuracy",
            "precision_naive",
            "precision_matured",
            "precision_corrected");

    @TempDir
    Path directory;

    private InferencePlan plan;

    /** A prediction, and its truth where it has a shop. */
    private record Row(
            long windowStart,
            boolean labelled,
            double score,
            boolean decision,
            boolean positive,
            double amount,
            long knownAtMillis) {

        /** What deciding so was worth, by the expressions of the pipeline; NaN where the amount is missing. */
        double worth(boolean decided) {
            double worth = decided ? (positive ? amount - 1 : -2) : (positive ? -amount : 0);
            return Math.max(-50, Math.min(50, worth));
        }

        boolean isValued() {
            return labelled && (!Double.isNaN(amount) || !positive);
        }
    }

    private record Label(long timeMillis, @Nullable String shop, boolean positive) {}

    @Test
    void signalsAreThoseOfTheJoinedRows() throws Exception {
        PipelineDocument document =
                PaymentPipeline.install(directory, PaymentPipeline.EVENT_TIME, InferenceTopologyTest.TIMELESS);
        FeatureContract contract = FeatureContract.of(document);
        PaymentModel.profiled(directory.resolve("models"), contract.inputs(), contract.digest());
        plan = InferencePlanner.plan(document);
        PaymentFeed feed = new PaymentFeed(SEED);
        List<OutputRecord> left = InferenceTopologyTest.run(plan, feed, 2, 3, PartitionedSource.Failure.NEVER);

        Map<String, List<Row>> rows = joined(left, labels(feed, left));
        Map<String, Integer> compared = new TreeMap<>();
        for (OutputRecord record : left) {
            if (record.topic().equals("payments.signals")) {
                GenericRecord signal = signal(record);
                check(signal, rows, compared);
            }
        }
        assertThat(compared.keySet()).as("seed %d", SEED).containsAll(COMPARED);
        assertThat(compared.values().stream().mapToInt(Integer::intValue).sum())
                .as("signals that were compared, seed %d", SEED)
                .isGreaterThan(600);
    }

    private static String series(GenericRecord signal) {
        return signal.get("window_start") + " " + signal.get("segment");
    }

    /** Compares one signal where it has a value of a metric that is computed here. */
    private static void check(GenericRecord signal, Map<String, List<Row>> rows, Map<String, Integer> compared) {
        String metric = signal.get("metric").toString();
        List<Row> window = rows.getOrDefault(series(signal), List.of());
        double expected = switch (signal.get("monitor").toString()) {
            case "value" -> valued(metric, window.stream().filter(Row::isValued).toList());
            case "estimate" -> estimated(metric, window);
            case "performance" -> performance(signal, rows, window);
            default -> Double.NaN;
        };
        if (!Double.isNaN(expected)) {
            assertThat((Double) signal.get("value"))
                    .as("%s, seed %d", signal, SEED)
                    .isCloseTo(expected, within(1e-9));
            compared.merge(metric, 1, Integer::sum);
        }
    }

    private static double performance(GenericRecord signal, Map<String, List<Row>> rows, List<Row> window) {
        String definition = signal.get("definition").toString();
        return definition.contains("late")
                ? late(definition, signal.get("metric").toString(), (Long) signal.get("window_end"), rows)
                : expected(definition, window.stream().filter(Row::labelled).toList());
    }

    private static double estimated(String metric, List<Row> rows) {
        double right = rows.stream()
                .mapToDouble(row -> row.decision() ? row.score() : 1 - row.score())
                .sum();
        return metric.equals("estimated_accuracy") ? right / rows.size() : Double.NaN;
    }

    /** Every threshold there is, tried on every row. */
    private static double valued(String metric, List<Row> rows) {
        double realised =
                rows.stream().mapToDouble(row -> row.worth(row.decision())).sum();
        return switch (metric) {
            case "value" -> realised;
            case "value_per_row" -> realised / rows.size();
            case "value_best" -> best(rows, Long.MAX_VALUE);
            case "value_regret" -> best(rows, Long.MAX_VALUE) - realised;
            case "value_within_capacity" -> best(rows, 9);
            default -> Double.NaN;
        };
    }

    private static double best(List<Row> rows, long capacity) {
        double best = rows.stream().mapToDouble(row -> row.worth(false)).sum();
        for (Row threshold : rows) {
            long flagged = rows.stream()
                    .filter(row -> row.score() >= threshold.score())
                    .count();
            double value = rows.stream()
                    .mapToDouble(row -> row.worth(row.score() >= threshold.score()))
                    .sum();
            best = flagged <= capacity ? Math.max(best, value) : best;
        }
        return best;
    }

    /** Of the last four windows: two of them older than the horizon, from which delays are learned. */
    private static double late(String definition, String metric, long now, Map<String, List<Row>> rows) {
        if (!metric.startsWith("precision_") || metric.endsWith("_low") || metric.endsWith("_high")) {
            return Double.NaN;
        }
        double[] reported = new double[4];
        double[] matured = new double[4];
        double hits = 0;
        double decided = 0;
        double matureHits = 0;
        double matureDecided = 0;
        for (int age = 1; age <= 4; age++) {
            boolean mature = age >= 3;
            for (Row row : rows.getOrDefault(now - age * WINDOW_MILLIS + " null", List.of())) {
                decided += row.decision() ? 1 : 0;
                matureDecided += mature && row.decision() ? 1 : 0;
                if (row.positive() && row.knownAtMillis() < now) {
                    reported[age - 1] += row.decision() ? 1 : 0;
                    hits += row.decision() ? 1 : 0;
                    matureHits += mature && row.decision() ? 1 : 0;
                    int delay = (int) Math.max(0, (row.knownAtMillis() - row.windowStart()) / WINDOW_MILLIS);
                    matured[delay] += mature ? 1 : 0;
                }
            }
        }
        double all = matured[0] + matured[1] + matured[2];
        double one = matured[0] / all;
        double two = (matured[0] + matured[1]) / all;
        if (metric.equals("precision_naive")) {
            return hits / decided;
        }
        if (metric.equals("precision_matured")) {
            return matureHits / matureDecided;
        }
        boolean known = definition.equals("precision/late_corrected") && one >= 0.01 && two >= 0.01;
        return known ? (reported[0] / one + reported[1] / two + reported[2] + reported[3]) / decided : Double.NaN;
    }

    private static double expected(String definition, List<Row> rows) {
        double truePositives = count(rows, true, true);
        double falsePositives = count(rows, true, false);
        double falseNegatives = count(rows, false, true);
        return switch (definition) {
            case "accuracy/millrace" -> (truePositives + count(rows, false, false)) / rows.size();
            case "precision/millrace" -> truePositives / (truePositives + falsePositives);
            case "recall/millrace" -> truePositives / (truePositives + falseNegatives);
            case "f1/millrace" -> 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
            case "roc_auc/exact" -> area(rows);
            case "log_loss/millrace" ->
                rows.stream()
                                .mapToDouble(row -> -Math.log(row.positive() ? row.score() : 1 - row.score()))
                                .sum()
                        / rows.size();
            case "brier/millrace" ->
                rows.stream()
                                .mapToDouble(row -> Math.pow(row.score() - (row.positive() ? 1 : 0), 2))
                                .sum()
                        / rows.size();
            default -> Double.NaN;
        };
    }

    private static double count(List<Row> rows, boolean decision, boolean positive) {
        return rows.stream()
                .filter(row -> row.decision() == decision && row.positive() == positive)
                .count();
    }

    /** The share of pairs in which the positive has the greater score. */
    private static double area(List<Row> rows) {
        double right = 0;
        double pairs = 0;
        for (Row positive : rows) {
            for (Row negative : rows) {
                if (positive.positive() && !negative.positive()) {
                    pairs++;
                    right += positive.score() > negative.score() ? 1 : positive.score() == negative.score() ? 0.5 : 0;
                }
            }
        }
        return right / pairs;
    }

    /** Each prediction with a shop, by window, once for all events and once for its customer. */
    private Map<String, List<Row>> joined(List<OutputRecord> left, List<Label> labels) {
        PredictionDecoder decoder = new PredictionDecoder(WireFormat.SINGLE_OBJECT);
        Map<String, Event> events = events();
        Map<String, List<Row>> rows = new TreeMap<>();
        for (OutputRecord record : left) {
            Prediction prediction =
                    record.topic().equals("payments.predictions") ? decoder.decode(record.value()) : null;
            Event event = prediction == null ? null : events.get(prediction.eventId());
            if (prediction != null) {
                boolean labelled = event.texts()[slot("shop")] != null;
                Label label = labelled ? truth(event, labels) : null;
                boolean positive = label != null && label.positive();
                long knownAt =
                        label == null ? Long.MAX_VALUE : Math.max(label.timeMillis(), prediction.eventTimeMillis());
                double amount = event.numbers()[slot("amount")];
                long start = Math.floorDiv(prediction.eventTimeMillis(), WINDOW_MILLIS) * WINDOW_MILLIS;
                String customer = event.texts()[slot("customer")];
                for (String segment : new String[] {null, "customer=" + (customer == null ? "(missing)" : customer)}) {
                    rows.computeIfAbsent(start + " " + segment, absent -> new ArrayList<>())
                            .add(new Row(
                                    start,
                                    labelled,
                                    prediction.score(),
                                    prediction.decision(),
                                    positive,
                                    amount,
                                    knownAt));
                }
            }
        }
        return rows;
    }

    /** The earliest label no further than the horizon from the event; null without one: it is negative. */
    private @Nullable Label truth(Event event, List<Label> labels) {
        Label earliest = null;
        for (Label label : labels) {
            boolean counts = event.texts()[slot("shop")].equals(label.shop())
                    && Math.abs(label.timeMillis() - event.eventTimeMillis()) <= HORIZON_MILLIS;
            if (counts
                    && (earliest == null
                            || label.timeMillis() < earliest.timeMillis()
                            || label.timeMillis() == earliest.timeMillis() && label.positive())) {
                earliest = label;
            }
        }
        return earliest;
    }

    private int slot(String field) {
        return plan.layouts().get(PaymentPipeline.PAYMENTS).field(field).slot();
    }

    private Map<String, Event> events() {
        Map<String, Event> events = new TreeMap<>();
        for (int partition = 0; partition < PaymentFeed.PARTITIONS; partition++) {
            for (RawRecord record : new PaymentFeed(SEED).partition(PaymentPipeline.PAYMENTS, partition)) {
                if (PaymentRecords.decoded(plan, PaymentPipeline.PAYMENTS, record) instanceof Decoded.Accepted one) {
                    events.put(one.event().id(), one.event());
                }
            }
        }
        return events;
    }

    /** The labels that were admitted: a late record of the source lies behind its own partition, one of the join does not. */
    private List<Label> labels(PaymentFeed feed, List<OutputRecord> left) {
        Set<String> refused = new HashSet<>();
        for (OutputRecord record : left) {
            if (record.topic().equals("payments.late") || record.topic().equals("payments.dead-letters")) {
                refused.add(MemoryEnds.origin(record));
            }
        }
        var layout = plan.layouts().get(PaymentPipeline.REPORTS);
        List<Label> labels = new ArrayList<>();
        for (int partition = 0; partition < PaymentFeed.PARTITIONS; partition++) {
            for (RawRecord record : feed.partition(PaymentPipeline.REPORTS, partition)) {
                String origin = "reports " + partition + '-' + record.position().offset();
                if (!refused.contains(origin)) {
                    Event event = PaymentRecords.event(plan, PaymentPipeline.REPORTS, record);
                    double severity = event.numbers()[layout.field("severity").slot()];
                    labels.add(new Label(
                            event.eventTimeMillis(),
                            event.texts()[layout.field("shop").slot()],
                            severity > 0));
                }
            }
        }
        return labels;
    }

    private static GenericRecord signal(OutputRecord record) throws IOException {
        return new BinaryMessageDecoder<GenericRecord>(GenericData.get(), Contracts.monitoringSignal())
                .decode(record.value());
    }
}

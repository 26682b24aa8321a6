/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.feature.HopProgram;
import io.millrace.feature.KeyState;
import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.alert.AlertRule;
import io.millrace.monitor.alert.AlertRules;
import io.millrace.monitor.alert.AlertState;
import io.millrace.monitor.alert.ConditionParser;
import io.millrace.monitor.exact.Edges;
import io.millrace.monitor.late.LateCounts;
import io.millrace.monitor.late.LateMonitor;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.monitor.window.VersionMonitor;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.MonitoringSignal;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.Refusal;
import io.millrace.pipeline.record.Scored;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import io.millrace.pipeline.spec.QualitySpec;
import io.millrace.schema.Decoded;
import io.millrace.schema.OutputRecord;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of every kind that flows, at the edges of what their fields hold. */
final class RecordSamples {

    private static final String WIDE = "naïve \uD83D\uDE00 \u0000 end";

    private RecordSamples() {}

    static List<RawRecord> raws() {
        return List.of(
                new RawRecord(new SourcePosition("t", 0, 0), -1, null, null, new RawHeader[0]),
                new RawRecord(
                        new SourcePosition("topic.of-249_" + "x".repeat(236), Integer.MAX_VALUE, Long.MAX_VALUE),
                        Long.MIN_VALUE,
                        new byte[0],
                        new byte[] {0, -1, 127, -128},
                        new RawHeader[] {
                            new RawHeader("", null), new RawHeader(WIDE, new byte[0]), new RawHeader("h", new byte[300])
                        }));
    }

    static List<Event> events() {
        @Nullable String[] texts = {null, "", WIDE};
        double[] numbers = {Double.NaN, -0.0, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Math.PI};
        return List.of(
                new Event(0, "", 0, new double[0], new @Nullable String[0], raws().get(0), 0),
                new Event(255, WIDE, Long.MAX_VALUE, numbers, texts, raws().get(1), Long.MIN_VALUE));
    }

    static List<KeyedVector> vectors() {
        return List.of(
                new KeyedVector("", new FeatureVector(events().get(0), new double[0], false), true),
                new KeyedVector(
                        WIDE, new FeatureVector(events().get(1), new double[] {1, Double.NaN, -0.0}, true), false));
    }

    static List<DeadLetter> deadLetters() {
        return List.of(
                new DeadLetter(raws().get(0), DeadLetter.Reason.NULL_VALUE, "source", null, "m", null, 0),
                new DeadLetter(raws().get(1), DeadLetter.Reason.MODEL_ERROR, "score", WIDE, WIDE, -7, Long.MAX_VALUE));
    }

    static List<Decoded> decoded() {
        return List.of(
                new Decoded.Accepted(events().get(1)),
                new Decoded.Refused(deadLetters().get(0)),
                new Decoded.Refused(deadLetters().get(1)));
    }

    static List<Refusal> refusals() {
        return List.of(
                deadLetters().get(0),
                deadLetters().get(1),
                new LateRecord(raws().get(1), WIDE, Long.MIN_VALUE, 1, true, 2),
                new LateRecord(raws().get(0), "", 3, Long.MAX_VALUE, false, 4));
    }

    static List<OutputRecord> outputs() {
        return List.of(
                new OutputRecord("t", null, null, new RawHeader[0]),
                new OutputRecord(
                        "t", new byte[] {1}, new byte[] {2, 3}, raws().get(1).headers()));
    }

    static List<Scored> scored() {
        @Nullable Object[] carried = {null, -0.0, true, WIDE};
        return List.of(
                new Scored(
                        vectors().get(0).vector(),
                        prediction(new byte[] {9}, Float.NaN, new float[0], null, null, null, new Object[0])),
                new Scored(
                        vectors().get(1).vector(),
                        prediction(
                                null,
                                Float.MIN_VALUE,
                                new float[] {Float.NaN, Float.POSITIVE_INFINITY},
                                WIDE,
                                false,
                                new float[] {-0f, 1},
                                carried)),
                explained(Explanation.skipped("occlusion", Explanation.BUDGET)),
                explained(new Explanation(
                        "kernel_shap",
                        "training_mean",
                        new String[] {"", WIDE},
                        new double[] {Double.NaN, -0.0},
                        new double[] {Double.MIN_VALUE, -1},
                        1e-9,
                        null)));
    }

    private static Scored explained(Explanation explanation) {
        Prediction bare = prediction(null, 0.5f, new float[] {0.5f}, null, null, null, new Object[0]);
        return new Scored(vectors().get(1).vector(), bare.with(explanation));
    }

    private static Prediction prediction(
            byte @Nullable [] key,
            float score,
            float[] outputs,
            @Nullable String label,
            @Nullable Boolean decision,
            float @Nullable [] features,
            @Nullable Object[] carried) {
        String[] names = new String[carried.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = "field" + i;
        }
        return new Prediction(
                "id@m-1",
                "id",
                key,
                Long.MIN_VALUE,
                "pipeline",
                new ModelVersion("m", "1", "0123"),
                "champion",
                "4567",
                new SourcePosition("t", 1, 2),
                score,
                outputs,
                label,
                decision,
                outputs.length == 0
                        ? Ranking.NONE
                        : new Ranking(new String[] {"ä", ""}, new float[] {2, Float.MIN_VALUE}),
                features,
                names,
                carried,
                3,
                4);
    }

    /** A state in which nothing was seen, and one with entries of two streams. */
    static List<KeyState> keyStates() {
        InferencePlan plan = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);
        HopProgram hop = plan.compileFeatures().hops().get(PaymentPipeline.BY_SHOP);
        KeyState seen = hop.newState();
        hop.fold(PaymentRecords.event(plan, PaymentPipeline.PAYMENTS, payment(0, 1)), seen);
        hop.fold(PaymentRecords.event(plan, PaymentPipeline.PAYMENTS, payment(1, 2)), seen);
        hop.fold(
                PaymentRecords.event(plan, PaymentPipeline.REPORTS, PaymentRecords.report(0, 0, 3, "shop", 1, Math.E)),
                seen);
        return List.of(hop.newState(), seen);
    }

    private static RawRecord payment(long offset, double second) {
        return PaymentRecords.payment(0, offset, second, "c", "shop", 12.5);
    }

    /** A pane that counted nothing, and one that counted. */
    static List<MonitorPane> panes() {
        MonitorSpec spec = new MonitorSpec(
                Duration.ofMinutes(1),
                true,
                null,
                new QualitySpec(null, true, null, null, null),
                new PerformanceSpec(List.of(), 0),
                null,
                null,
                List.of());
        VersionMonitor monitor = new VersionMonitor("payments", spec, List.of("a", "b", "c"), null, Duration.ZERO);
        ModelVersion model = new ModelVersion("risk", "1", "d");
        MonitorPane counted = monitor.newPane(new PaneKey(PaneKind.TRAFFIC, -60_000, model, "shop=s"));
        monitor.add(counted, vectors().get(1).vector(), scored().get(1).prediction());
        MonitorPane outcomes = monitor.newPane(new PaneKey(PaneKind.OUTCOME, 60_000, model, PaneKey.ALL));
        monitor.add(outcomes, outcomes().get(1));
        return List.of(MonitorPane.empty(), counted, outcomes);
    }

    /** Counts of nothing, and of a prediction whose label came. */
    static List<LateCounts> lateCounts() {
        LateMonitor monitor = new LateMonitor(Duration.ofMinutes(1), Duration.ofHours(1), null, Edges.unitInterval(4));
        LateCounts counts =
                monitor.newPart(new PaneKey(PaneKind.TRAFFIC, 60_000, new ModelVersion("risk", "1", "d"), PaneKey.ALL));
        monitor.add(counts, new Outcome(pending().get(1), true, 180_000));
        monitor.add(counts, vectors().get(1).vector(), scored().get(1).prediction());
        return List.of(LateCounts.empty(), counts);
    }

    /** What waits for its truth. */
    static List<PendingOutcome> pending() {
        ModelVersion model = new ModelVersion("risk", "1", "d");
        return List.of(
                new PendingOutcome("", -1, model, Float.NaN, null, new String[0], PendingOutcome.NO_WORTH),
                new PendingOutcome(
                        "key", 1, model, 0.5f, true, new String[] {"shop", "s"}, new double[] {1, -2.5, Double.NaN, 0
                        }));
    }

    static List<Outcome> outcomes() {
        return List.of(
                new Outcome(pending().get(0), true, 5), new Outcome(pending().get(1), false, -7));
    }

    static List<AlertState> alertStates() {
        AlertState state = new AlertState();
        MonitoringSignal signal = new MonitoringSignal(
                "p",
                "drift",
                "psi",
                "psi/millrace",
                0,
                60_000,
                "1",
                null,
                "a",
                0.5,
                1_000,
                0.2,
                MonitoringSignal.State.ALARM);
        AlertRule rule = new AlertRule(
                "psi > 0.2", "psi > 0.2", ConditionParser.parse("psi > 0.2", List.of()), 1, 0, 0, 0, null);
        new AlertRules(List.of(rule)).evaluate(List.of(signal), state);
        return List.of(new AlertState(), state);
    }
}

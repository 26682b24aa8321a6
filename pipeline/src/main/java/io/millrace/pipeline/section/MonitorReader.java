/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Flag;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.spec.DriftSpec;
import io.millrace.pipeline.spec.FairnessSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import io.millrace.pipeline.spec.QualitySpec;
import io.millrace.pipeline.spec.ValueSpec;
import java.time.Duration;
import java.util.List;

/** {@code monitor}: which signals the job emits. */
final class MonitorReader {

    private static final Key<Duration> WINDOW = Key.withDefault(
            "window",
            new TimeSpan(Duration.ofSeconds(1)),
            MonitorSpec.DEFAULT_WINDOW,
            "the window of event time that a signal describes");
    private static final Key<Boolean> LATENCY = Key.withDefault(
            "latency",
            Flag.ANY,
            MonitorSpec.DEFAULT_LATENCY,
            "whether latency and lag are measured, besides the counts");
    private static final Key<DriftSpec> DRIFT = Key.optional(
            "drift",
            DriftReader.DRIFT,
            "no drift is watched",
            "how far each window is from the reference in the model's bundle");
    private static final Key<QualitySpec> QUALITY = Key.optional(
            "quality",
            QualityReader.QUALITY,
            "missing values are counted, nothing else",
            "whether the values are sound that reach the model");
    private static final Key<PerformanceSpec> PERFORMANCE = Key.optional(
            "performance",
            LabelReader.PERFORMANCE,
            "predictions are not compared with labels",
            "how good predictions were; needs `labels`");
    private static final Key<ValueSpec> VALUE = Key.optional(
            "value", ValueReader.VALUE, "decisions are not valued", "what decisions were worth; needs `labels`");
    private static final Key<FairnessSpec> FAIRNESS = Key.optional(
            "fairness",
            ValueReader.FAIRNESS,
            "segments are not compared",
            "how much decisions differ between the values of a field; needs `labels`");
    private static final Key<List<String>> SEGMENTS = Key.optional(
            "segments",
            new ListOf<>("a list of fields", Names.FIELD, 1),
            "all events together",
            "fields of the scored stream: each value of each is counted by itself too");

    static final Section<MonitorSpec> MONITOR = new Section<>(
            "a monitor",
            "Which signals the job emits about itself and its events",
            List.of(
                    WINDOW,
                    LATENCY,
                    DRIFT,
                    QUALITY,
                    PERFORMANCE,
                    VALUE,
                    FAIRNESS,
                    SEGMENTS,
                    Key.notBuilt("anomaly", "anomaly monitors")),
            values -> {
                List<String> segments = values.find(SEGMENTS);
                return new MonitorSpec(
                        values.get(WINDOW),
                        values.get(LATENCY),
                        values.find(DRIFT),
                        values.find(QUALITY),
                        values.find(PERFORMANCE),
                        values.find(VALUE),
                        values.find(FAIRNESS),
                        segments == null ? List.of() : segments);
            });

    private MonitorReader() {}
}

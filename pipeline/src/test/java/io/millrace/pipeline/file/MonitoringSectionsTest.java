/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.spec.AlertSpec;
import io.millrace.pipeline.spec.DriftDefinition;
import io.millrace.pipeline.spec.DriftMetric;
import io.millrace.pipeline.spec.DriftSpec;
import io.millrace.pipeline.spec.FairnessSpec;
import io.millrace.pipeline.spec.LabelSpec;
import io.millrace.pipeline.spec.LateSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.QualitySpec;
import io.millrace.pipeline.spec.ValueSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels, drift, performance, segments and alerts as a file says them, and what only two of them together get wrong. */
class MonitoringSectionsTest {

    @TempDir
    Path directory;

    @Test
    void readsWhatIsWritten() throws IOException {
        PipelineSpec spec = spec("""
                labels: { stream: transactions, join: card.id, field: fraud, horizon: 7d, missing_means: negative }
                monitor:
                  window: 1h
                  drift: { features: [amount], score: false, metrics: [js, ks], definition: nannyml, previous: false, min_rows: 100 }
                  performance: { metrics: [roc_auc, ece], exact: 1000 }
                  segments: [channel]
                alerts:
                  - { when: "js > 0.2", for: 1 window, min_rows: 10, hysteresis: 0, cool_down: 1h }
                  - { when: roc_auc < 0.9 }
                """);
        assertThat(spec.labels())
                .isEqualTo(new LabelSpec("transactions", "card.id", "fraud", Duration.ofDays(7), true));
        assertThat(spec.monitor())
                .isEqualTo(new MonitorSpec(
                        Duration.ofHours(1),
                        true,
                        new DriftSpec(
                                List.of("amount"),
                                false,
                                List.of(DriftMetric.JS, DriftMetric.KS),
                                DriftDefinition.NANNYML,
                                false,
                                100),
                        null,
                        new PerformanceSpec(List.of("roc_auc", "ece"), 1_000),
                        null,
                        null,
                        List.of("channel")));
        assertThat(spec.alerts())
                .containsExactly(
                        new AlertSpec("js > 0.2", 1, 10, 0, Duration.ofHours(1)),
                        new AlertSpec("roc_auc < 0.9", 3, 500, 0.1, Duration.ZERO));
    }

    @Test
    void fillsInWhatIsUsual() throws IOException {
        PipelineSpec spec = spec("monitor: { drift: {} }\n");
        assertThat(spec.monitor().drift())
                .isEqualTo(
                        new DriftSpec(List.of(), true, List.of(DriftMetric.PSI), DriftDefinition.MILLRACE, true, 500));
        assertThat(spec.alerts()).isEmpty();
        assertThat(spec.labels()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        monitor: { drift: { definition: nannyml, metrics: [psi] } } | pipeline.yaml:13:51 monitor.drift.metrics: nannyml has no psi. It has js, ks, wasserstein, hellinger.
        monitor: { performance: {} } | pipeline.yaml:13:12 monitor.performance: nothing says what was true. Add labels, or remove this key.
        labels: { stream: transactions, join: a, field: b, horizon: 1d } | pipeline.yaml:13:1 labels: nothing is made of them. Add monitor.performance, value or fairness, or remove this key.
        monitor: { value: { tp: 1 } } | pipeline.yaml:13:12 monitor.value: nothing says what was true. Add labels, or remove this key.
        monitor: { fairness: { by: [channel] } } | pipeline.yaml:13:12 monitor.fairness: nothing says what was true. Add labels, or remove this key. & pipeline.yaml:13:24 monitor.fairness.by: 'channel' is no segment. Add it to monitor.segments.
        labels: { stream: transactions, join: a, field: b, horizon: 1d } ;; monitor: { window: 1h, performance: { late: { over: 1d } } } | pipeline.yaml:14:39 monitor.performance.late: it takes an event without a label for one whose label is still to come, but labels.missing_means is unknown. Set it to negative, or remove this key. & pipeline.yaml:14:47 monitor.performance.late.over: expected at least the horizon and a window, 25h, found 1d: how late labels come is learned from events that are older than the horizon.
        labels: { stream: transactions, join: a, field: b, horizon: 1d } ;; monitor: { value: { bounds: [2, 1] } } | pipeline.yaml:14:29 monitor.value.bounds: expected the least and the most, as in [-1000, 1000], found [2.0, 1.0].
        labels: { stream: transactions, join: a, field: b, horizon: 1d } ;; monitor: { value: { capacity: 3, exact: -1 } } | pipeline.yaml:14:31 monitor.value.capacity: expected a rate such as 200/h, found the number 3. Write it as 200/h; after the stroke s, m, h or d. & pipeline.yaml:14:41 monitor.value.exact: expected a whole number from 0 to 1000000, found the number -1.
        monitor: { quality: { missing: 1% } } | pipeline.yaml:13:32 monitor.quality.missing: expected a share such as < 1%, found '1%'. Write it as "< 1%".
        monitor: { quality: { out_of_range: < 1% } } | pipeline.yaml:13:37 monitor.quality.out_of_range: nothing says which range. Add range: learned, or remove this key.
        alerts: [{ when: psi > 0.2 }] | pipeline.yaml:13:1 alerts: there are no signals to look at. Add monitor, or remove this key.
        """)
    void whatDoesNotGoTogether(String line, String problem) {
        assertThat(Pipelines.problemsWithAlso(line.replace(" ;; ", "\n") + "\n"))
                .containsExactly(problem.split(" & ", -1));
    }

    @Test
    void valueEstimatesLateLabelsAndFairness() throws IOException {
        PipelineSpec spec = spec("""
                labels: { stream: transactions, join: a, field: b, horizon: 1d, missing_means: negative }
                monitor:
                  window: 1h
                  performance: { estimate: cbpe, late: { over: 7d } }
                  value: { tp: amount - 5, fp: -5, fn: "-amount", capacity: 200/h, bounds: [-1000, 1000], exact: 7 }
                  fairness: { by: [channel], min_rows: 9 }
                  quality: { missing: "< 1%", range: learned, out_of_range: <0.5 %, unseen: < 0.1%, duplicates: "< 50%" }
                  segments: [channel]
                """);
        assertThat(spec.monitor().performance())
                .isEqualTo(new PerformanceSpec(List.of(), 0, true, new LateSpec(Duration.ofDays(7))));
        ValueSpec value = spec.monitor().value();
        assertThat(value)
                .isEqualTo(new ValueSpec(
                        "amount - 5",
                        "-5",
                        "-amount",
                        "0",
                        new ValueSpec.Capacity(200, Duration.ofHours(1)),
                        new ValueSpec.Bounds(-1000, 1000),
                        7));
        assertThat(value.capacity().within(Duration.ofMinutes(90))).isEqualTo(300);
        assertThat(spec.monitor().quality()).isEqualTo(new QualitySpec(0.01, true, 0.005, 0.001, 0.5));
        assertThat(spec.monitor().fairness()).isEqualTo(new FairnessSpec(List.of("channel"), 9));
    }

    private PipelineSpec spec(String lines) throws IOException {
        Path file = Files.writeString(directory.resolve("pipeline.yaml"), Pipelines.resource("minimal.yaml") + lines);
        return PipelineFile.read(file, Map.of()).spec();
    }
}

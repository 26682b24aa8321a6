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
import io.millrace.pipeline.spec.LabelSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import io.millrace.pipeline.spec.PipelineSpec;
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
                        new PerformanceSpec(List.of("roc_auc", "ece"), 1_000),
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
        labels: { stream: transactions, join: a, field: b, horizon: 1d } | pipeline.yaml:13:1 labels: nothing is made of them. Add monitor.performance, or remove this key.
        alerts: [{ when: psi > 0.2 }] | pipeline.yaml:13:1 alerts: there are no signals to look at. Add monitor, or remove this key.
        """)
    void whatDoesNotGoTogether(String line, String problem) {
        assertThat(Pipelines.problemsWithAlso(line + "\n")).containsExactly(problem);
    }

    private PipelineSpec spec(String lines) throws IOException {
        Path file = Files.writeString(directory.resolve("pipeline.yaml"), Pipelines.resource("minimal.yaml") + lines);
        return PipelineFile.read(file, Map.of()).spec();
    }
}

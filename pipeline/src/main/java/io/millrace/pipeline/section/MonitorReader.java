/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Flag;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.spec.MonitorSpec;
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

    static final Section<MonitorSpec> MONITOR = new Section<>(
            "a monitor",
            "Which signals the job emits about itself and its events",
            List.of(
                    WINDOW,
                    LATENCY,
                    Key.notBuilt("drift", "drift monitors"),
                    Key.notBuilt("quality", "quality monitors"),
                    Key.notBuilt("performance", "performance monitors"),
                    Key.notBuilt("segments", "segments"),
                    Key.notBuilt("value", "value monitors"),
                    Key.notBuilt("anomaly", "anomaly monitors"),
                    Key.notBuilt("fairness", "fairness monitors")),
            values -> new MonitorSpec(values.get(WINDOW), values.get(LATENCY)));

    private MonitorReader() {}
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotBuiltTest {

    private static final String WAIT = " or wait for a later version of Millrace.";

    @Test
    void fileWithEverythingForeseenAsksForTheseThatAreNotBuilt() {
        assertThat(Pipelines.problems(Pipelines.resource("foreseen.yaml")))
                .containsExactly(
                        "pipeline.yaml:20:5 streams.customers.table: lookup tables are not built yet. Remove this stream"
                                + WAIT,
                        "pipeline.yaml:29:25 features.channel.category: categories are not built yet. Remove this feature"
                                + WAIT,
                        "pipeline.yaml:37:3 features.recent_amounts.over: missing. Add it: the length of the window.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dead_letters: { budget: 1% } | dead_letters | budgets of dead letters
                    bootstrap: { from: file:a }  | bootstrap    | bootstraps of state
                    """)
    void keysOfTheFile(String line, String path, String subjects) {
        assertThat(Pipelines.problemsWithAlso(line + "\n"))
                .containsExactly(
                        "pipeline.yaml:13:1 " + path + ": " + subjects + " are not built yet. Remove this key" + WAIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    first: amount, by: c, over: 7d           | first           | first values
                    distinct: amount, by: c, over: 7d        | distinct        | distinct counts
                    quantile: amount, q: 0.9, by: c, over: 7d | quantile       | quantiles
                    ewma: amount, by: c, half_life: 1h       | ewma            | exponentially weighted means
                    time_since_last: true, by: c             | time_since_last | times since the last event
                    rate: true, by: c, over: 7d              | rate            | rates
                    top: channel, k: 3, by: c, over: 7d      | top             | most frequent values
                    category: channel, buckets: 8            | category        | categories
                    """)
    void kindsOfFeatures(String feature, String key, String subjects) {
        assertThat(Pipelines.problemsWith("value: amount", feature))
                .containsExactly("pipeline.yaml:10:13 features.amount." + key + ": " + subjects
                        + " are not built yet. Remove this feature" + WAIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    alias: old     | alias      | feature aliases               | key
                    self: false    | self       | windows without the event itself | key
                    max_events: 10 | max_events | bounds on the entries of a window | key
                    ttl: 30d       | ttl        | times to live                 | key
                    resolution: 5m | resolution | windows of panes              | resolution
                    """)
    void keysOfAggregates(String key, String name, String subjects, String thing) {
        assertThat(Pipelines.problemsWith("value: amount", "count: true, by: c, over: 7d, " + key))
                .containsExactly("pipeline.yaml:10:43 features.amount." + name + ": " + subjects
                        + " are not built yet. Remove this " + thing + WAIT);
    }

    @Test
    void lifetimeWindows() {
        assertThat(Pipelines.problemsWith("value: amount", "count: true, by: c, over: lifetime"))
                .containsExactly("pipeline.yaml:10:33 features.amount.over: lifetime windows are not built yet. Remove"
                        + " this feature" + WAIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    candidates: items       | candidates    | ranked candidates               | key
                    rollout: { share: 0.1 } | rollout       | rollouts                        | key
                    """)
    void keysOfTheModel(String line, String key, String subjects, String thing) {
        assertThat(Pipelines.problemsWithAlso("  " + line + "\n"))
                .containsExactly("pipeline.yaml:13:3 model." + key + ": " + subjects
                        + " are not built yet. Remove this " + thing + WAIT);
    }

    @Test
    void keysOfMonitorsOutputsAndTopics() {
        assertThat(Pipelines.problemsWithAlso("""
                        monitor: { anomaly: {} }
                        outputs: { encoding: confluent }
                        topics: { compaction: true }
                        """))
                .containsExactly(
                        "pipeline.yaml:13:12 monitor.anomaly: anomaly monitors are not built yet. Remove this key"
                                + WAIT,
                        "pipeline.yaml:14:12 outputs.encoding: outputs that register their schemas are not built yet."
                                + " Remove this encoding" + WAIT,
                        "pipeline.yaml:15:11 topics.compaction: compacted topics are not built yet. Remove this key"
                                + WAIT);
    }

    @Test
    void keysOfStreams() {
        assertThat(Pipelines.problemsWith(
                        "schema: transaction.avsc",
                        "schema: { registry: \"${REGISTRY}\", subject: card.transactions-value }\n    encoding: json"))
                .containsExactly(
                        "pipeline.yaml:6:5 streams.transactions.schema: schema registries are not built yet. Remove this"
                                + " schema" + WAIT,
                        "pipeline.yaml:7:5 streams.transactions.encoding: JSON events are not built yet. Remove this"
                                + " encoding" + WAIT);
    }
}

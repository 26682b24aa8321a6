/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.store.LocalModelStore;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.record.ModelVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stays loaded where a field chooses among more models than there is room for. */
@Timeout(120)
class ModelShelfTest {

    private static final int MODELS = 5;

    @TempDir
    Path home;

    private final Metrics metrics = new Metrics();
    private final List<ModelVersion> versions = new ArrayList<>();
    private int flushes;

    @Test
    void theLongestUnusedGoesWhenThereAreTooMany() {
        try (ModelShelf shelf = shelf("max_loaded: 3")) {
            get(shelf, 0, 1, 2, 0);
            assertThat(flushes).as("nothing was closed").isZero();
            get(shelf, 3);
            assertThat(loaded(shelf)).containsExactly(0, 2, 3);
            assertThat(flushes)
                    .as("rows that wait for a model are scored before it is closed")
                    .isOne();
            get(shelf, 0, 4);
            assertThat(loaded(shelf)).containsExactly(0, 3, 4);
            assertThat(metrics.count("model_loads_total")).isEqualTo(5);
            assertThat(metrics.count("model_evictions_total")).isEqualTo(2);
            assertThat(metrics.gauge("models_loaded")).isEqualTo(3);
        }
        assertThat(metrics.gauge("models_loaded")).isEqualTo(0);
        assertThat(metrics.gauge("model_weights_bytes")).isEqualTo(0L);
    }

    @Test
    void theLongestUnusedGoesWhenWeightsTakeTooMuchButTwoStay() {
        try (ModelShelf shelf = shelf("max_loaded: 4, max_megabytes: 1", 40_000)) {
            get(shelf, 0, 1);
            assertThat((long) metrics.gauge("model_weights_bytes")).isBetween(800_000L, 850_000L);
            get(shelf, 2);
            assertThat(loaded(shelf)).containsExactly(1, 2);
            get(shelf, 3, 1);
            assertThat(loaded(shelf)).containsExactly(1, 3);
        }
    }

    @Test
    void whatChangesBringAndWhatTheyNoLongerNeed() {
        try (ModelShelf shelf = shelf("max_loaded: 2")) {
            get(shelf, 0, 1);
            shelf.put(shelf.load(List.of(versions.get(2))));
            assertThat(loaded(shelf)).containsExactly(1, 2);
            shelf.keep(List.of(versions.get(2), versions.get(4)));
            assertThat(loaded(shelf)).containsExactly(2);
        }
    }

    private void get(ModelShelf shelf, int... models) {
        for (int model : models) {
            assertThat(shelf.get(versions.get(model)).version()).isEqualTo(versions.get(model));
        }
    }

    private List<Integer> loaded(ModelShelf shelf) {
        List<Integer> loaded = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            if (shelf.has(versions.get(i))) {
                loaded.add(i);
            }
        }
        return loaded;
    }

    private ModelShelf shelf(String limits) {
        return shelf(limits, 0);
    }

    /** A shelf for a pipeline whose store has several models; with more weights than they need where that is asked for. */
    private ModelShelf shelf(String limits, int weights) {
        PipelineDocument document = PaymentPipeline.install(
                home,
                PaymentPipeline.ARRIVAL,
                text -> text.replace("wait: 0s,", "wait: 0s, by: { field: shop, " + limits + " },"));
        List<String> inputs = FeatureContract.of(document).inputs();
        LocalModelStore store = new LocalModelStore(home.resolve("models"));
        PaymentModel.dense(home.resolve("models"), inputs, null);
        for (int i = 0; i < MODELS; i++) {
            versions.add(store.publish(
                    PaymentModel.draft(PaymentModel.NAME + ".shop" + i, "1", inputs, weights / inputs.size())));
        }
        InferencePlan plan = InferencePlanner.plan(document);
        return new ModelShelf(plan, (version, reason) -> {}, () -> flushes++, metrics);
    }

    /** Remembers counters and gauges by name. */
    private static final class Metrics extends UnregisteredMetricsGroup {

        private final Map<String, Counter> counters = new HashMap<>();
        private final Map<String, Gauge<?>> gauges = new HashMap<>();

        @Override
        public Counter counter(String name) {
            return counters.computeIfAbsent(name, super::counter);
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        long count(String name) {
            return counters.get(name).getCount();
        }

        Object gauge(String name) {
            return gauges.get(name).getValue();
        }
    }
}

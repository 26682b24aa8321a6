/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.ModelChoiceSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * The loaded versions of one subtask. It is used by the task thread; {@link #load} alone may run elsewhere.
 *
 * <p>Where a field chooses among several models, the one that was asked for longest ago is closed when there are too many,
 * or when their weights take too much memory; it is loaded again when an event asks for it, on the task thread.
 */
final class ModelShelf implements AutoCloseable {

    /** An event's champion and its shadow are on the shelf together. */
    private static final int FEWEST = 2;

    private static final int MEBI = 1 << 20;

    private final InferencePlan plan;
    private final ModelOpening opening;
    private final Runnable beforeClosing;
    private final Map<ModelVersion, LoadedModel> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private final long most;
    private final long mostBytes;
    private final Counter loads;
    private final Counter evictions;
    private long bytes;

    /**
     * @param beforeClosing is called before a model is closed to make room: rows may wait for it
     * @param metrics where loads and evictions are counted
     */
    ModelShelf(InferencePlan plan, ModelOpening.Listener listener, Runnable beforeClosing, MetricGroup metrics) {
        this.plan = plan;
        this.opening = new ModelOpening(plan, listener);
        this.beforeClosing = beforeClosing;
        ModelChoiceSpec choice = plan.spec().model().by();
        this.most = choice == null ? Long.MAX_VALUE : choice.maxLoaded();
        Integer megabytes = choice == null ? null : choice.maxMegabytes();
        this.mostBytes = megabytes == null ? Long.MAX_VALUE : (long) megabytes * MEBI;
        this.loads = metrics.counter("model_loads_total");
        this.evictions = metrics.counter("model_evictions_total");
        metrics.gauge("models_loaded", loaded::size);
        metrics.gauge("model_weights_bytes", () -> bytes);
    }

    /**
     * The loaded version.
     *
     * @throws io.millrace.model.ModelException when it is not loaded and can no longer be
     */
    LoadedModel get(ModelVersion version) {
        LoadedModel model = loaded.get(version);
        return model == null ? open(version) : model;
    }

    private LoadedModel open(ModelVersion version) {
        makeRoom(most - 1, mostBytes);
        try {
            LoadedModel opened = new LoadedModel(plan, version, opening.open(version));
            place(version, opened);
            makeRoom(most, mostBytes);
            return opened;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening model " + version, interrupted);
        }
    }

    /** Loads versions without waiting for any to appear, and without putting them on the shelf: for any thread. */
    Map<ModelVersion, LoadedModel> load(Collection<ModelVersion> versions) {
        Map<ModelVersion, LoadedModel> opened = new HashMap<>();
        try {
            for (ModelVersion version : versions) {
                opened.put(version, new LoadedModel(plan, version, plan.openModel(version)));
            }
            return opened;
        } catch (RuntimeException | Error failed) {
            opened.values().forEach(LoadedModel::close);
            throw failed;
        }
    }

    boolean has(ModelVersion version) {
        return loaded.containsKey(version);
    }

    void put(Map<ModelVersion, LoadedModel> models) {
        models.forEach(this::place);
        makeRoom(most, mostBytes);
    }

    private void place(ModelVersion version, LoadedModel model) {
        loads.inc();
        bytes += model.weightBytes();
        discard(loaded.put(version, model));
    }

    private void makeRoom(long count, long weight) {
        Iterator<LoadedModel> longestUnused = loaded.values().iterator();
        int left = loaded.size();
        while (left > FEWEST && (left > count || bytes > weight)) {
            beforeClosing.run();
            LoadedModel model = longestUnused.next();
            longestUnused.remove();
            discard(model);
            evictions.inc();
            left--;
        }
    }

    /** Closes every version but these. */
    void keep(Collection<ModelVersion> versions) {
        Iterator<Map.Entry<ModelVersion, LoadedModel>> entries =
                loaded.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<ModelVersion, LoadedModel> entry = entries.next();
            if (!versions.contains(entry.getKey())) {
                entries.remove();
                discard(entry.getValue());
            }
        }
    }

    private void discard(@Nullable LoadedModel model) {
        if (model != null) {
            bytes -= model.weightBytes();
            model.close();
        }
    }

    @Override
    public void close() {
        loaded.values().forEach(LoadedModel::close);
        loaded.clear();
        bytes = 0;
    }
}

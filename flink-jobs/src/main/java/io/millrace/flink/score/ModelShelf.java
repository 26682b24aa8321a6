/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.ModelVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** The versions that a subtask has loaded. A version that is asked for and not there is loaded first. Not thread-safe. */
final class ModelShelf implements AutoCloseable {

    private final InferencePlan plan;
    private final ModelOpening opening;
    private final Map<ModelVersion, LoadedModel> loaded = new HashMap<>();

    ModelShelf(InferencePlan plan, ModelOpening.Listener listener) {
        this.plan = plan;
        this.opening = new ModelOpening(plan, listener);
    }

    /**
     * The loaded version.
     *
     * @throws io.millrace.model.ModelException when it is not loaded and can no longer be
     */
    LoadedModel get(ModelVersion version) {
        LoadedModel model = loaded.get(version);
        if (model != null) {
            return model;
        }
        try {
            LoadedModel opened = new LoadedModel(plan, version, opening.open(version));
            loaded.put(version, opened);
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
        models.forEach((version, model) -> {
            LoadedModel before = loaded.put(version, model);
            if (before != null) {
                before.close();
            }
        });
    }

    /** Closes every version but these. */
    void keep(Collection<ModelVersion> versions) {
        Iterator<Map.Entry<ModelVersion, LoadedModel>> entries =
                loaded.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<ModelVersion, LoadedModel> entry = entries.next();
            if (!versions.contains(entry.getKey())) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    @Override
    public void close() {
        loaded.values().forEach(LoadedModel::close);
        loaded.clear();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.ModelException;
import io.millrace.model.explain.Explainer;
import io.millrace.pipeline.record.ModelVersion;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The explainers of the versions that one subtask has met. Not thread-safe. */
final class ExplainerShelf implements AutoCloseable {

    /** Of many models that a field chooses, those stay open that explained last. */
    private static final int MOST_OPEN = 8;

    /** A store that was away is asked again. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final InferencePlan plan;
    private final Map<ModelVersion, Explainer> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ModelVersion, Refused> refused = new LinkedHashMap<>();

    ExplainerShelf(InferencePlan plan) {
        this.plan = plan;
    }

    /** @throws ModelException when that version cannot be opened, or was refused a short while ago */
    Explainer get(ModelVersion version) {
        Explainer known = open.get(version);
        return known == null ? open(version) : known;
    }

    private Explainer open(ModelVersion version) {
        Refused before = refused.get(version);
        if (before != null && System.nanoTime() - before.nanos < RETRY_NANOS) {
            throw before.reason;
        }
        try {
            Explainer explainer = plan.openExplainer(version);
            refused.remove(version);
            open.put(version, explainer);
            makeRoom();
            return explainer;
        } catch (ModelException reason) {
            refused.put(version, new Refused(reason, System.nanoTime()));
            throw reason;
        }
    }

    private void makeRoom() {
        Iterator<Explainer> oldest = open.values().iterator();
        for (int surplus = open.size() - MOST_OPEN; surplus > 0; surplus--) {
            oldest.next().close();
            oldest.remove();
        }
    }

    @Override
    public void close() {
        open.values().forEach(Explainer::close);
        open.clear();
    }

    private record Refused(ModelException reason, long nanos) {}
}

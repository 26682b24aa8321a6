/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan.receipt;

import io.millrace.flink.plan.FeatureContract;
import io.millrace.model.ModelException;
import io.millrace.model.score.ScoringProgram;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.record.ModelVersion;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions that predictions name, opened once each, or why they cannot be. Not thread-safe. */
final class RecordedModels implements AutoCloseable {

    private final FeatureContract contract;
    private final FileModelStore store;
    private final Map<ModelVersion, Opened> opened = new HashMap<>();

    /**
     * A version that was asked for.
     *
     * @param scoring null: it cannot be had
     * @param outcome why; {@code MATCH} where it can
     */
    record Opened(@Nullable ScoringProgram scoring, Outcome outcome, String message) {}

    RecordedModels(FeatureContract contract) {
        this.contract = contract;
        this.store = contract.store().open();
    }

    Opened open(ModelVersion version) {
        return opened.computeIfAbsent(version, this::tryOpen);
    }

    private Opened tryOpen(ModelVersion version) {
        try {
            ModelVersion stored = store.resolve(version.name(), version.version());
            if (!stored.version().equals(version.version())) {
                return new Opened(null, Outcome.BUNDLE_GONE, renamed(version, stored));
            }
            if (!stored.digest().equals(version.digest())) {
                return new Opened(null, Outcome.BUNDLE_CHANGED, changed(version, stored));
            }
            return new Opened(contract.openModel(version), Outcome.MATCH, "");
        } catch (ModelException refused) {
            return new Opened(null, outcome(refused), "the bundle that scored it " + words(refused));
        }
    }

    private static Outcome outcome(ModelException refused) {
        return switch (refused.code()) {
            case NOT_FOUND -> Outcome.BUNDLE_GONE;
            case DIGEST -> Outcome.BUNDLE_CHANGED;
            default -> Outcome.BUNDLE_REFUSED;
        };
    }

    private static String words(ModelException refused) {
        String found = switch (outcome(refused)) {
            case BUNDLE_GONE -> "is gone: ";
            case BUNDLE_CHANGED -> "does not have its digest: ";
            default -> "is refused: ";
        };
        return found + refused.getMessage();
    }

    private String changed(ModelVersion version, ModelVersion stored) {
        return "the bundle that scored it does not have its digest: "
                + contract.store().uri() + "/" + version.name() + "/" + version.version()
                + "/bundle.json has the sha256 "
                + stored.digest() + ", the prediction names " + version.digest()
                + ". A version never changes: restore it.";
    }

    private String renamed(ModelVersion version, ModelVersion stored) {
        return "the bundle that scored it is gone: in the store "
                + contract.store().uri() + " '" + version.version()
                + "' is now an alias of " + stored.version() + " of model '" + version.name()
                + "'. Restore the version.";
    }

    @Override
    public void close() {
        for (Opened each : opened.values()) {
            if (each.scoring != null) {
                each.scoring.close();
            }
        }
    }
}

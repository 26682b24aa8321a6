/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import io.millrace.model.ModelException;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.file.PrivateDirectory;
import io.millrace.model.file.StoreFiles;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.score.Scorers;
import io.millrace.model.score.SelfExam;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Makes drafts versions. Where a directory moves in one step, a version does. Elsewhere each of its files is written only
 * where none of that name is, and bundle.json last, so that two writers never mix and a reader never sees a part.
 */
final class Publication {

    static final int ONE_BATCH = 32;

    private final StoreFiles files;

    Publication(StoreFiles files) {
        this.files = files;
    }

    ModelVersion publish(BundleDraft draft) throws IOException {
        BundleDraft whole = draft.golden() == null ? SelfExam.complete(draft) : draft;
        String target = Versions.directory(
                draft.description().name(), draft.description().version());
        String incoming = draft.description().name() + "/.incoming-" + UUID.randomUUID();
        Path stage = files.renamesInOneStep() ? files.local(incoming) : null;
        if (stage != null) {
            return move(whole, incoming, stage, target);
        }
        try (PrivateDirectory directory = PrivateDirectory.create()) {
            ModelVersion version = examined(directory.path(), whole);
            copy(directory.path(), target);
            return version;
        }
    }

    /** A version of that name is there, whole or not. */
    static ModelException taken(String model, String version) {
        return new ModelException(
                ModelException.Code.EXISTS,
                "model '" + model + "' already has a version or alias '" + version
                        + "'. A version never changes: choose another one.");
    }

    private ModelVersion move(BundleDraft draft, String incoming, Path stage, String target) throws IOException {
        try {
            ModelVersion version = examined(stage, draft);
            if (files.rename(incoming, target)) {
                return version;
            }
            throw taken(version.name(), version.version());
        } finally {
            files.delete(incoming);
        }
    }

    private void copy(Path from, String target) throws IOException {
        for (BundleFile file : BundleFile.values()) {
            if (file != BundleFile.BUNDLE) {
                copy(from, target, file);
            }
        }
        copy(from, target, BundleFile.BUNDLE);
    }

    private void copy(Path from, String target, BundleFile file) throws IOException {
        Path staged = from.resolve(file.fileName());
        if (Files.exists(staged) && !files.create(target + '/' + file.fileName(), Files.readAllBytes(staged))) {
            throw new ModelException(
                    ModelException.Code.EXISTS,
                    "bundle " + files.place(target) + ": " + file.fileName()
                            + " is there already, by another writer. Choose another version.");
        }
    }

    private static ModelVersion examined(Path stage, BundleDraft draft) {
        Bundle bundle = BundleWriter.write(stage, draft);
        Scorers.open(bundle, ONE_BATCH).close();
        return bundle.version();
    }
}

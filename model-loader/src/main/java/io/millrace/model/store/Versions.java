/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import io.millrace.model.ModelException;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.file.StoreFiles;
import io.millrace.model.file.StoreName;
import io.millrace.model.format.Sha256;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The versions in a store. A version is there when its {@code bundle.json} is: that file is the last to be written. */
final class Versions {

    private final StoreFiles files;

    Versions(StoreFiles files) {
        this.files = files;
    }

    List<String> models() {
        return directories("").stream().sorted().toList();
    }

    /** Every version of a model, oldest first. */
    List<ModelVersion> of(String model) {
        return names(model).stream()
                .map(version -> find(model, version))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What may be a version, oldest first: whole ones, and those that are half written. */
    List<String> names(String model) {
        return directories(StoreName.check("model", model)).stream()
                .sorted(VersionOrder.OLDEST_FIRST)
                .toList();
    }

    /** The version, or null where it is not there or not whole yet. */
    @Nullable
    ModelVersion find(String model, String version) {
        String directory = directory(model, version);
        try {
            byte[] manifest = files.read(directory + '/' + BundleFile.BUNDLE.fileName(), BundleFile.BUNDLE.maxBytes());
            return manifest == null ? null : new ModelVersion(model, version, Sha256.of(manifest));
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    "bundle " + files.place(directory)
                            + ": bundle.json: cannot be read. Check that it is a file and that this user may read it.",
                    e);
        }
    }

    static String directory(String model, String version) {
        return StoreName.check("model", model) + '/' + StoreName.check("version", version);
    }

    private List<String> directories(String parent) {
        try {
            return files.list(parent).stream()
                    .filter(StoreFiles.Entry::directory)
                    .map(StoreFiles.Entry::name)
                    .filter(name -> !name.startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    "the store " + files.place(parent) + " cannot be read. Check that this user may read it.",
                    e);
        }
    }
}

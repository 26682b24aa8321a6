/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.store;

import io.millrace.model.ModelException;
import io.millrace.model.file.StoreFiles;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.model.store.FileModelStore;
import io.millrace.model.store.LocalModelStore;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Opens model stores by their URI. */
public final class ModelStores {

    private ModelStores() {}

    /**
     * The store at an absolute URI: {@code file:/srv/models} on this machine's disk, any other scheme on the file system that
     * Flink has for it.
     */
    public static FileModelStore open(String store, SignaturePolicy signatures) {
        URI root = uri(store);
        if ("file".equals(root.getScheme())) {
            return new LocalModelStore(Path.of(root.getPath()), signatures);
        }
        return new FileModelStore(files(root), signatures);
    }

    private static URI uri(String store) {
        try {
            URI root = new URI(store);
            if (root.getScheme() != null
                    && root.getPath() != null
                    && root.getPath().startsWith("/")) {
                return root;
            }
        } catch (URISyntaxException e) {
            throw noUri(store);
        }
        throw noUri(store);
    }

    private static StoreFiles files(URI root) {
        try {
            return FlinkStoreFiles.at(root);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    "model store " + root + ": Flink has no file system for '" + root.getScheme()
                            + ":' that can be reached. Put its plugin into Flink's plugins directory, and its settings"
                            + " into Flink's configuration.",
                    e);
        }
    }

    private static ModelException noUri(String store) {
        return new ModelException(
                ModelException.Code.NAME,
                "model store '" + store
                        + "' is no absolute URI. Write it with its scheme and whole path, as file:/srv/models or"
                        + " s3://bucket/models.");
    }
}

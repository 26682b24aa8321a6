/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import io.millrace.model.file.LocalStoreFiles;
import io.millrace.model.signature.SignaturePolicy;
import java.nio.file.Path;

/** A model store in a directory of this machine. */
public final class LocalModelStore extends FileModelStore {

    /** A store that does not look at signatures. */
    public LocalModelStore(Path root) {
        this(root, SignaturePolicy.OFF);
    }

    public LocalModelStore(Path root, SignaturePolicy signatures) {
        super(new LocalStoreFiles(root), signatures);
    }
}

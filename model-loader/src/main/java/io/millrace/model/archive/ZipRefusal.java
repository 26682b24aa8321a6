/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import io.millrace.model.ModelException;

/** How the zip reader says no. */
final class ZipRefusal {

    private ZipRefusal() {}

    static ModelException refuse(BundleFile file, String what) {
        return refuse(file.fileName() + ": " + what);
    }

    static ModelException refuse(String what) {
        return new ModelException(ModelException.Code.ARCHIVE, what + ".");
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import io.millrace.model.ModelException;
import io.millrace.model.archive.Archive;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;

/** The files that a bundle may have but need not: what this version cannot apply is refused, never ignored. */
final class OptionalFiles {

    private OptionalFiles() {}

    static void check(Archive archive, FileTable table) {
        if (archive.files().contains(BundleFile.VOCABULARY)) {
            checkVocabulary(table.read(archive, BundleFile.VOCABULARY));
        }
        if (archive.files().contains(BundleFile.REFERENCE)) {
            JsonText.object(BundleFile.REFERENCE.fileName(), table.read(archive, BundleFile.REFERENCE));
        }
    }

    private static void checkVocabulary(byte[] text) {
        JsonObject vocabulary = JsonText.object(BundleFile.VOCABULARY.fileName(), text);
        if (!vocabulary.keys().isEmpty()) {
            throw refuse(
                    "vocabulary.json: the input '" + vocabulary.keys().get(0)
                            + "' is a category; this version scores numbers only. Upgrade Millrace, or train without categories");
        }
    }

    private static ModelException refuse(String what) {
        return new ModelException(ModelException.Code.UNSUPPORTED, what + ".");
    }
}

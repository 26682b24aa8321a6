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
import org.jspecify.annotations.Nullable;

/** The files that a bundle may have but need not: what this version cannot apply is refused, never ignored. */
final class OptionalFiles {

    private OptionalFiles() {}

    static void check(Archive archive, FileTable table) {
        if (archive.files().contains(BundleFile.VOCABULARY)) {
            checkVocabulary(table.read(archive, BundleFile.VOCABULARY));
        }
    }

    /** The monitoring profile, a JSON object; what it says is for monitors to judge. */
    static byte @Nullable [] reference(Archive archive, FileTable table) {
        if (!archive.files().contains(BundleFile.REFERENCE)) {
            return null;
        }
        byte[] profile = table.read(archive, BundleFile.REFERENCE);
        JsonText.object(BundleFile.REFERENCE.fileName(), profile);
        return profile;
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

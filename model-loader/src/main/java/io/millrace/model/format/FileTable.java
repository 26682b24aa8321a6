/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.archive.Archive;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/** The part of {@code bundle.json} that names size and digest of every other file. */
final class FileTable {

    private final Map<BundleFile, Entry> entries;

    private FileTable(Map<BundleFile, Entry> entries) {
        this.entries = entries;
    }

    static FileTable read(JsonObject bundle) {
        JsonObject table = bundle.object("files");
        Map<BundleFile, Entry> entries = new EnumMap<>(BundleFile.class);
        for (String name : table.keys()) {
            BundleFile file = BundleFile.find(name);
            if (file == null || !file.listed()) {
                throw bundle.refuse(
                        ModelException.Code.FILES,
                        "files",
                        "lists '" + BundleFile.shown(name)
                                + "', which is no file that it may list. Write the bundle again");
            }
            JsonObject entry = table.object(name);
            entries.put(file, new Entry(entry.text("sha256"), entry.wholeNumber("bytes")));
            entry.rejectUnknownKeys();
        }
        return new FileTable(entries);
    }

    static void write(ObjectNode bundle, Map<BundleFile, byte[]> files) {
        ObjectNode table = bundle.putObject("files");
        files.forEach((file, bytes) ->
                table.putObject(file.fileName()).put("sha256", Sha256.of(bytes)).put("bytes", bytes.length));
    }

    /** Refuses files that are missing, not listed, or of another size; reads none. */
    void check(Archive archive) {
        for (BundleFile file : BundleFile.values()) {
            boolean there = archive.files().contains(file);
            Entry entry = entries.get(file);
            if (!file.listed()) {
                continue;
            }
            if (!there && (file.required() || entry != null)) {
                throw new ModelException(
                        ModelException.Code.FILES, file.fileName() + ": is missing. Write the bundle again.");
            }
            if (there && entry == null) {
                throw new ModelException(
                        ModelException.Code.FILES,
                        file.fileName() + ": is not listed in bundle.json, so nobody vouches for it. Write the bundle"
                                + " again.");
            }
            if (entry != null && archive.size(file) != entry.bytes()) {
                throw new ModelException(
                        ModelException.Code.DIGEST,
                        file.fileName() + ": has " + archive.size(file) + " bytes, bundle.json says " + entry.bytes()
                                + ". Copy the bundle again.");
            }
        }
    }

    /** The bytes of a file, refused when their digest is not the listed one. */
    byte[] read(Archive archive, BundleFile file) {
        byte[] bytes = archive.read(file);
        Entry entry = entries.get(file);
        String found = Sha256.of(bytes);
        if (entry == null || !found.equals(entry.sha256())) {
            throw new ModelException(
                    ModelException.Code.DIGEST,
                    file.fileName() + ": has the sha256 " + found + ", which is not the one in bundle.json. Copy the"
                            + " bundle again.");
        }
        return bytes;
    }

    private record Entry(String sha256, long bytes) {}
}

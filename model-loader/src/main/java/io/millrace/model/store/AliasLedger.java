/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.file.StoreFiles;
import io.millrace.model.file.StoreName;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code aliases.json} of each model, and the history beside it. The alias is written first and rules; the history is its
 * memory, and alone when {@code aliases.json} is not there.
 */
final class AliasLedger {

    static final String FILE = "aliases.json";

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_HISTORY_BYTES = 4 << 20;

    private final StoreFiles files;

    AliasLedger(StoreFiles files) {
        this.files = files;
    }

    /** Alias to version, sorted. */
    SortedMap<String, String> aliases(String model) {
        try {
            byte[] text = read(model, FILE, MAX_BYTES);
            return text == null ? readHistory(model).last() : aliases(text);
        } catch (ModelException e) {
            throw e.within("model '" + model + "'");
        }
    }

    AliasHistory history(String model) {
        try {
            return readHistory(model);
        } catch (ModelException e) {
            throw e.within("model '" + model + "'");
        }
    }

    /** Points an alias at a version; whoever calls keeps other writers away. */
    AliasChange point(String model, String alias, String version, AliasChange.Cause cause, @Nullable Instant at)
            throws IOException {
        SortedMap<String, String> aliases = aliases(model);
        String current = aliases.get(alias);
        AliasChange change = new AliasChange(alias, current, version, cause, at);
        if (change.isNone()) {
            return change;
        }
        byte[] history = history(model).upTo(aliases).and(change).text();
        aliases.put(alias, version);
        byte[] text = text(aliases);
        if (text.length > MAX_BYTES || history.length > MAX_HISTORY_BYTES) {
            throw new ModelException(
                    ModelException.Code.TOO_LARGE,
                    "model '" + model + "' has too many aliases, and none can be removed by Millrace. Use fewer.");
        }
        files.replace(path(model, FILE), text);
        files.replace(path(model, AliasHistory.FILE), history);
        return change;
    }

    private AliasHistory readHistory(String model) {
        byte[] text = read(model, AliasHistory.FILE, MAX_HISTORY_BYTES);
        return text == null ? AliasHistory.none() : AliasHistory.read(text);
    }

    private byte @Nullable [] read(String model, String file, int maxBytes) {
        try {
            return files.read(path(model, file), maxBytes);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO, file + ": cannot be read. Check that this user may read it.", e);
        }
    }

    private static SortedMap<String, String> aliases(byte[] text) {
        SortedMap<String, String> aliases = new TreeMap<>();
        try {
            JsonObject file = JsonText.object(FILE, text);
            for (String alias : file.keys()) {
                aliases.put(StoreName.check("alias", alias), StoreName.check("version", file.text(alias)));
            }
            return aliases;
        } catch (ModelException e) {
            throw e.code() == ModelException.Code.NAME ? e : damaged(e);
        }
    }

    private static ModelException damaged(ModelException cause) {
        return new ModelException(
                ModelException.Code.JSON,
                FILE + ": is not what Millrace writes. Restore it, or remove it: " + AliasHistory.FILE
                        + " then stands in.",
                cause);
    }

    private static byte[] text(SortedMap<String, String> aliases) {
        ObjectNode file = JsonText.newObject();
        aliases.forEach(file::put);
        return JsonText.bytes(file);
    }

    private static String path(String model, String file) {
        return StoreName.check("model", model) + '/' + file;
    }
}

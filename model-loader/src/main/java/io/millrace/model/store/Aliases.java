/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.file.DurableFiles;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code aliases.json} of one model: alias to version. Replaced as a whole, so that a reader sees the old or the new. */
final class Aliases {

    static final String FILE = "aliases.json";

    private static final int MAX_BYTES = 1 << 20;

    private Aliases() {}

    /** The aliases; none where the file is not there. */
    static SortedMap<String, String> read(Path model) {
        SortedMap<String, String> aliases = new TreeMap<>();
        JsonObject file = JsonText.object(FILE, text(model.resolve(FILE)));
        for (String alias : file.keys()) {
            aliases.put(StoreName.check("alias", alias), StoreName.check("version", file.text(alias)));
        }
        return aliases;
    }

    static void write(Path model, Map<String, String> aliases) throws IOException {
        ObjectNode file = JsonText.newObject();
        new TreeMap<>(aliases).forEach(file::put);
        DurableFiles.replace(model.resolve(FILE), JsonText.bytes(file));
    }

    private static byte[] text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(MAX_BYTES);
            if (text.length < MAX_BYTES) {
                return text;
            }
            throw new ModelException(
                    ModelException.Code.TOO_LARGE, FILE + ": has more than " + MAX_BYTES + " bytes. Remove aliases.");
        } catch (NoSuchFileException e) {
            return new byte[] {'{', '}'};
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO, FILE + ": cannot be read. Check that this user may read it.", e);
        }
    }
}

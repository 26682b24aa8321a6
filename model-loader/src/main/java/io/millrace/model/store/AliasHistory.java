/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.file.StoreName;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code aliases-history.json} of one model: how its aliases came to point where they do, oldest change first. */
final class AliasHistory {

    static final String FILE = "aliases-history.json";
    /** How many changes of each alias are kept. */
    static final int KEPT = 100;

    private final List<AliasChange> changes;

    private AliasHistory(List<AliasChange> changes) {
        this.changes = List.copyOf(changes);
    }

    static AliasHistory none() {
        return new AliasHistory(List.of());
    }

    static AliasHistory read(byte[] text) {
        try {
            JsonObject file = JsonText.object(FILE, text);
            List<AliasChange> changes = new ArrayList<>();
            for (JsonObject change : file.objects("changes")) {
                changes.add(read(change));
            }
            file.rejectUnknownKeys();
            return new AliasHistory(changes);
        } catch (ModelException | DateTimeException e) {
            throw new ModelException(
                    ModelException.Code.JSON,
                    FILE
                            + ": is not what this version of Millrace writes. Restore or remove it: the aliases stay as they"
                            + " are, only the way back is lost.",
                    e);
        }
    }

    byte[] text() {
        ObjectNode file = JsonText.newObject();
        ArrayNode list = file.putArray("changes");
        for (AliasChange change : changes) {
            ObjectNode node = list.addObject().put("alias", change.alias());
            if (change.from() != null) {
                node.put("from", change.from());
            }
            node.put("to", change.to()).put("cause", change.cause().word());
            if (change.at() != null) {
                node.put("at", change.at().toString());
            }
        }
        return JsonText.bytes(file);
    }

    /** The changes of one alias, oldest first. */
    List<AliasChange> of(String alias) {
        return changes.stream().filter(change -> change.alias().equals(alias)).toList();
    }

    /** Where each alias points by its last change. */
    SortedMap<String, String> last() {
        SortedMap<String, String> last = new TreeMap<>();
        changes.forEach(change -> last.put(change.alias(), change.to()));
        return last;
    }

    /** The history with one more change; changes of the same alias beyond {@link #KEPT} are forgotten. */
    AliasHistory and(AliasChange change) {
        List<AliasChange> longer = new ArrayList<>();
        int surplus = of(change.alias()).size() + 1 - KEPT;
        for (AliasChange old : changes) {
            if (!old.alias().equals(change.alias()) || surplus-- <= 0) {
                longer.add(old);
            }
        }
        longer.add(change);
        return new AliasHistory(longer);
    }

    /**
     * The history up to where the aliases point now. A writer that died between the aliases and their history, or a change
     * by hand, leaves a gap of one; it is closed here, without a time.
     */
    AliasHistory upTo(Map<String, String> aliases) {
        SortedMap<String, String> last = last();
        AliasHistory whole = this;
        for (Map.Entry<String, String> alias : aliases.entrySet()) {
            String known = last.get(alias.getKey());
            if (!alias.getValue().equals(known)) {
                whole = whole.and(
                        new AliasChange(alias.getKey(), known, alias.getValue(), AliasChange.Cause.SET, null));
            }
        }
        return whole;
    }

    /** The version before the current one; a rollback takes the change it undid with it. Null: there is none known. */
    @Nullable
    String previous(String alias) {
        List<AliasChange> own = of(alias);
        int undone = 0;
        for (int i = own.size() - 1; i >= 0; i--) {
            if (own.get(i).cause() == AliasChange.Cause.ROLLBACK) {
                undone++;
            } else if (undone > 0) {
                undone--;
            } else {
                return own.get(i).from();
            }
        }
        return null;
    }

    private static AliasChange read(JsonObject change) {
        String from = change.optionalText("from");
        String at = change.optionalText("at");
        AliasChange read = new AliasChange(
                StoreName.check("alias", change.text("alias")),
                from == null ? null : StoreName.check("version", from),
                StoreName.check("version", change.text("to")),
                cause(change),
                at == null ? null : Instant.parse(at));
        change.rejectUnknownKeys();
        return read;
    }

    private static AliasChange.Cause cause(JsonObject change) {
        String word = change.text("cause");
        return Arrays.stream(AliasChange.Cause.values())
                .filter(cause -> cause.word().equals(word))
                .findFirst()
                .orElseThrow(() -> change.refuse("cause", "is unknown"));
    }
}

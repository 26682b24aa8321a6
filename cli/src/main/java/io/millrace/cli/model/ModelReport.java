/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.model.ModelException;
import io.millrace.model.store.AliasChange;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.ModelVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of a model.
 *
 * @param aliases where each points now
 * @param history the changes of each alias, oldest first
 */
record ModelReport(
        String name,
        List<ModelVersion> versions,
        SortedMap<String, String> aliases,
        SortedMap<String, List<AliasChange>> history)
        implements Report {

    static ModelReport of(FileModelStore store, String name) {
        List<ModelVersion> versions = store.list(name);
        SortedMap<String, String> aliases = store.aliases(name);
        if (versions.isEmpty() && aliases.isEmpty()) {
            throw new ModelException(
                    ModelException.Code.NOT_FOUND,
                    "the store has no model '" + name + "'." + Problems.suggest(name, store.names())
                            + " 'millrace model list' shows what it has.");
        }
        SortedMap<String, List<AliasChange>> history = new TreeMap<>();
        aliases.keySet().forEach(alias -> history.put(alias, store.history(name, alias)));
        return new ModelReport(name, versions, aliases, history);
    }

    @Override
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("versions", versions.stream().map(ModelReport::version).toList());
        map.put("aliases", aliases);
        Map<String, Object> changes = new LinkedHashMap<>();
        history.forEach((alias, list) ->
                changes.put(alias, list.stream().map(ModelReport::change).toList()));
        map.put("history", changes);
        return map;
    }

    private static Map<String, Object> version(ModelVersion version) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", version.version());
        map.put("digest", version.digest());
        return map;
    }

    private static Map<String, @Nullable Object> change(AliasChange change) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("from", change.from());
        map.put("to", change.to());
        map.put("cause", change.cause().word());
        map.put("at", change.at() == null ? null : change.at().toString());
        return map;
    }

    @Override
    public String asText() {
        StringBuilder text = new StringBuilder(Report.line("model", name));
        versions.forEach(version ->
                text.append(Report.line("version", "%-12s %s".formatted(version.version(), version.digest()))));
        aliases.forEach((alias, version) -> {
            text.append(Report.line("alias", "%-12s %s".formatted(alias, version)));
            history.getOrDefault(alias, List.of()).forEach(change -> text.append(Report.line("", words(change))));
        });
        return text.toString();
    }

    private static String words(AliasChange change) {
        List<String> words = new ArrayList<>();
        words.add(change.at() == null ? "at no known time" : change.at().toString());
        words.add(change.cause().word());
        words.add(change.from() == null ? "to " + change.to() : "from " + change.from() + " to " + change.to());
        return String.join(" ", words);
    }
}

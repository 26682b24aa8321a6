/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.record.ModelVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace model list}: what a store holds. */
@Command(name = "list", description = "List the models of a store.")
public final class ListCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            paramLabel = "STORE",
            arity = "0..1",
            defaultValue = "models",
            description = "The store: " + StoreUri.WORDS + " (default: models).")
    private String store = "";

    @Override
    public Integer call() {
        FileModelStore models = StoreUri.open(store, SignaturePolicy.OFF);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String name : models.names()) {
            Map<String, String> aliases = models.aliases(name);
            for (ModelVersion version : models.list(name)) {
                rows.add(row(version, aliases));
            }
        }
        if (output.json()) {
            output.printJson(rows);
        } else if (rows.isEmpty()) {
            output.say(store + " holds no models.");
        } else {
            rows.forEach(row -> output.out()
                    .printf(
                            "%-24s %-12s %-24s %s%n",
                            row.get("name"), row.get("version"), row.get("aliases"), row.get("digest")));
            output.out().flush();
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> row(ModelVersion version, Map<String, String> aliases) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", version.name());
        row.put("version", version.version());
        row.put(
                "aliases",
                aliases.entrySet().stream()
                        .filter(alias -> alias.getValue().equals(version.version()))
                        .map(Map.Entry::getKey)
                        .toList());
        row.put("digest", version.digest());
        return row;
    }
}

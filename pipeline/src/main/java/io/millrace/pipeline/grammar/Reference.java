/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import java.util.ArrayList;
import java.util.List;

/** The grammar as tables in Markdown, one for each section. */
public final class Reference {

    private final StringBuilder text = new StringBuilder();

    private Reference() {}

    /** The tables of a whole file, outermost first. */
    public static String of(Section<?> file) {
        Reference reference = new Reference();
        reference.section("", file);
        return reference.text.toString();
    }

    private void section(String path, Section<?> section) {
        heading(path, section);
        table(section);
        notBuilt(section);
        for (Key<?> key : section.keys()) {
            for (ValueType.Nested nested : key.type().sections()) {
                String nestedPath = key.name() + nested.path();
                section(path.isEmpty() ? nestedPath : path + "." + nestedPath, nested.section());
            }
        }
    }

    private void heading(String path, Section<?> section) {
        String title = Character.toUpperCase(section.title().charAt(0))
                + section.title().substring(1);
        text.append("\n## ").append(title);
        if (!path.isEmpty()) {
            text.append(": `").append(path).append('`');
        }
        text.append("\n\n").append(section.meaning()).append(".\n\n");
    }

    private void table(Section<?> section) {
        text.append("| key | value | when absent | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : section.keys()) {
            if (key.built()) {
                String absent = key.required() ? "**required**" : key.absent();
                String title = key.type() instanceof Section<?>
                        ? "keys, see below"
                        : key.type().title();
                row("`" + key.name() + "`", title, absent, key.meaning());
            }
        }
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells).replace("\n", " ")).append(" |\n");
    }

    private void notBuilt(Section<?> section) {
        List<String> planned = new ArrayList<>();
        for (Key<?> key : section.keys()) {
            for (ValueType.Planned part : key.type().planned()) {
                planned.add("`" + key.name() + part.form() + "` (" + part.subjects() + ")");
            }
        }
        if (!planned.isEmpty()) {
            text.append("\nRecognised and refused, because they are not built yet: ")
                    .append(String.join(", ", planned))
                    .append(".\n");
        }
    }
}

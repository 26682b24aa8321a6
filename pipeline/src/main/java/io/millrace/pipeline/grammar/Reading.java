/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.problem.LocatedProblem;
import io.millrace.pipeline.problem.Position;
import io.millrace.pipeline.problem.Problem;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.yaml.Excerpt;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One reading of one file: collects what is wrong, and ties names that are used to names that are defined. */
public final class Reading {

    private final List<LocatedProblem> problems = new ArrayList<>();
    private final Map<String, Set<String>> defined = new TreeMap<>();
    private final List<Use> uses = new ArrayList<>();
    private boolean complete = true;

    /** Something is wrong with a value. */
    public void refuse(YamlNode node, String message) {
        add(node.place().value(), node.path(), message);
    }

    /** Something is wrong with a key, or with its being there. */
    public void refuseKey(YamlNode node, String message) {
        add(node.place().key(), node.path(), message);
    }

    /** A key should be in the map and is not. */
    public void refuseAbsence(YamlNode.Mapping node, String key, String message) {
        add(node.place().key(), node.path().isEmpty() ? key : node.path() + "." + key, message);
    }

    /** A part that the pipeline cannot do without could not be read. */
    public void incomplete() {
        complete = false;
    }

    /** Whether all that a pipeline needs could be read, whatever else may be wrong. */
    public boolean complete() {
        return complete;
    }

    /** The text of a scalar with its variables put in; null when it is no scalar or a variable fails: reported. */
    public @Nullable String text(YamlNode node, String expected) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.kind() == YamlNode.Kind.NOTHING) {
            mismatch(node, expected);
            return null;
        }
        String trouble = scalar.trouble();
        if (trouble != null) {
            refuse(node, trouble);
            return null;
        }
        return scalar.text();
    }

    /** The value is of another type. */
    public void mismatch(YamlNode node, String expected) {
        mismatch(node, expected, "");
    }

    /** The value is of another type, and there is a cure. */
    public void mismatch(YamlNode node, String expected, String cure) {
        refuse(node, "expected " + expected + ", found " + node.found() + "." + cure);
    }

    /** The entries of a map, each key once; repetitions are reported. */
    public List<YamlNode> entries(YamlNode.Mapping node) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (YamlNode entry : node.entries()) {
            YamlNode first = entries.putIfAbsent(entry.name(), entry);
            if (first != null) {
                refuseRepetition(entry, first);
            }
        }
        return List.copyOf(entries.values());
    }

    /** The same key, or two spellings of it, stands twice in one map. */
    public void refuseRepetition(YamlNode entry, YamlNode first) {
        Position before = first.place().key();
        String also = first.name().equals(entry.name()) ? "it" : Excerpt.quoted(first.name());
        refuseKey(entry, "this key is repeated: " + also + " is given in line " + before.line() + ". Remove one.");
    }

    /** A name now exists; {@code kind} is its noun: {@code stream}. */
    public void define(String kind, String name) {
        defined.computeIfAbsent(kind, any -> new TreeSet<>()).add(name);
    }

    /** A value names something that must exist when the file has been read. */
    public void use(String kind, YamlNode.Scalar name) {
        uses.add(new Use(kind, name));
    }

    /** Reports the names that were used and never defined. */
    public void resolveUses() {
        for (Use use : uses) {
            Set<String> known = defined.getOrDefault(use.kind(), Set.of());
            YamlNode.Scalar name = use.name();
            if (!known.contains(name.text())) {
                String suggestion = name.substituted() ? "" : Problems.suggest(name.text(), known);
                refuse(name, "no " + use.kind() + " is named " + name.found() + "." + suggestion);
            }
        }
    }

    /** Everything that was reported, in the file's order. */
    public List<LocatedProblem> problems() {
        return problems.stream()
                .sorted(Comparator.comparing(LocatedProblem::position))
                .toList();
    }

    private void add(Position position, String path, String message) {
        problems.add(new LocatedProblem(position, new Problem(path, message)));
    }

    private record Use(String kind, YamlNode.Scalar name) {}
}

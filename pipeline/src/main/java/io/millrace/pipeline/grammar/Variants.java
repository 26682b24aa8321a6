/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar;

import io.millrace.pipeline.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map that is one of several sections, told apart by the keys that it has.
 *
 * @param kind the noun of what it is: {@code feature}
 * @param variants each with the keys that mark it; the one with most keys wins where one contains the other
 * @param unmarked what a map without any of those keys is; null: such a map is wrong
 */
public record Variants<T>(
        String kind, List<Variant<T>> variants, @Nullable ValueType<T> unmarked) implements ValueType<T> {

    public Variants {
        variants = List.copyOf(variants);
    }

    /** A variant that is built. */
    public static <T> Variant<T> built(String key, ValueType<T> type) {
        return new Variant<>(List.of(key), type, null);
    }

    /** A variant that is built and takes several keys together. */
    public static <T> Variant<T> built(ValueType<T> type, String... keys) {
        return new Variant<>(List.of(keys), type, null);
    }

    /** A variant that is recognised only; it is reported at the last of its keys. */
    public static <T> Variant<T> notBuilt(String subjects, String thing, String... keys) {
        return new Variant<>(
                List.of(keys), null, new NotBuilt<>("." + String.join(" with ", keys), subjects, thing, node -> true));
    }

    @Override
    public @Nullable T read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            reading.mismatch(node, "a map with the keys of a " + kind);
            return null;
        }
        List<Variant<T>> present =
                variants.stream().filter(variant -> variant.marks(mapping)).toList();
        if (present.isEmpty()) {
            return unmarked(mapping, reading);
        }
        Variant<T> chosen = present.stream()
                .max(Comparator.comparingInt(variant -> variant.keys().size()))
                .orElseThrow();
        for (Variant<T> other : present) {
            if (!chosen.keys().containsAll(other.keys())) {
                refuseMixture(mapping, chosen, other, reading);
                return null;
            }
        }
        return chosen.read(mapping, reading);
    }

    private @Nullable T unmarked(YamlNode.Mapping mapping, Reading reading) {
        if (unmarked != null) {
            return unmarked.read(mapping, reading);
        }
        reading.refuseKey(mapping, "a " + kind + " of no kind. Add one of: " + String.join(", ", builtKeys()) + ".");
        return null;
    }

    private void refuseMixture(YamlNode.Mapping mapping, Variant<T> one, Variant<T> other, Reading reading) {
        String first = one.keys().get(0);
        String second = other.keys().get(0);
        reading.refuseKey(
                mapping, "found both '" + first + "' and '" + second + "'. A " + kind + " has one kind: remove one.");
    }

    private List<String> builtKeys() {
        return variants.stream()
                .filter(variant -> variant.type() != null)
                .flatMap(variant -> variant.keys().stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Mapping;
    }

    @Override
    public String title() {
        return "a " + kind;
    }

    /** A map of each built type must have exactly one of the keys that mark it. */
    @Override
    public JsonObject schema() {
        if (unmarked != null) {
            return unmarked.schema();
        }
        List<JsonObject> choices = new ArrayList<>();
        marksByType().forEach((type, keys) -> {
            List<JsonObject> marks = keys.stream()
                    .map(together -> JsonObject.of("required", together))
                    .toList();
            choices.add(type.schema().with("oneOf", marks));
        });
        return JsonObject.of("oneOf", choices);
    }

    /** The keys that mark each type: one list of keys for each variant. */
    private Map<ValueType<T>, List<List<String>>> marksByType() {
        Map<ValueType<T>, List<List<String>>> keys = new LinkedHashMap<>();
        for (Variant<T> variant : variants) {
            ValueType<T> type = variant.type();
            if (type != null) {
                keys.computeIfAbsent(type, any -> new ArrayList<>()).add(variant.keys());
            }
        }
        return keys;
    }

    @Override
    public List<Nested> sections() {
        List<Nested> sections = new ArrayList<>();
        marksByType().keySet().forEach(type -> sections.addAll(type.sections()));
        if (unmarked != null) {
            sections.addAll(unmarked.sections());
        }
        return sections;
    }

    @Override
    public List<Planned> planned() {
        List<Planned> planned = new ArrayList<>();
        for (Variant<T> variant : variants) {
            NotBuilt<T> notBuilt = variant.notBuilt();
            if (notBuilt != null) {
                planned.addAll(notBuilt.planned());
            }
        }
        return planned;
    }

    /** One of the sections; either {@code type} or {@code notBuilt} is null. */
    public record Variant<T>(
            List<String> keys,
            @Nullable ValueType<T> type,
            @Nullable NotBuilt<T> notBuilt) {

        boolean marks(YamlNode.Mapping mapping) {
            return keys.stream().allMatch(mapping::has);
        }

        @Nullable
        T read(YamlNode.Mapping mapping, Reading reading) {
            if (type != null) {
                return type.read(mapping, reading);
            }
            YamlNode mark = mapping.entry(keys.get(keys.size() - 1));
            if (notBuilt != null && mark != null) {
                notBuilt.read(mark, reading);
            }
            return null;
        }
    }
}

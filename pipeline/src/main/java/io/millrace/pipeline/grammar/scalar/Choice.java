/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.NotBuilt;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words. Made by adding the words; unchangeable afterwards.
 *
 * @param <T> what a word becomes
 */
public final class Choice<T> implements ScalarType<T> {

    private final Map<String, T> built;
    private final Map<String, NotBuilt<T>> notBuilt;

    private Choice(Map<String, T> built, Map<String, NotBuilt<T>> notBuilt) {
        this.built = built;
        this.notBuilt = notBuilt;
    }

    /** A choice of one word. */
    public static <T> Choice<T> of(String word, T value) {
        return new Choice<T>(new LinkedHashMap<>(), new LinkedHashMap<>()).or(word, value);
    }

    /** This choice and one more word. */
    public Choice<T> or(String word, T value) {
        Map<String, T> more = new LinkedHashMap<>(built);
        more.put(word, value);
        return new Choice<>(more, notBuilt);
    }

    /** This choice and one more word that is recognised only. */
    public Choice<T> orNotBuilt(String word, String subjects, String thing) {
        Map<String, NotBuilt<T>> more = new LinkedHashMap<>(notBuilt);
        more.put(word, new NotBuilt<>(": " + word, subjects, thing, node -> true));
        return new Choice<>(built, more);
    }

    @Override
    public @Nullable T parse(YamlNode.Scalar scalar, Reading reading) {
        String word = scalar.text();
        NotBuilt<T> later = notBuilt.get(word);
        if (later != null) {
            return later.read(scalar, reading);
        }
        T value = built.get(word);
        if (value == null) {
            String suggestion = scalar.substituted() ? "" : Problems.suggest(word, built.keySet());
            reading.mismatch(scalar, title(), suggestion.startsWith(" Did you mean") ? suggestion : "");
        }
        return value;
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && (built.containsKey(scalar.text()) || notBuilt.containsKey(scalar.text()));
    }

    @Override
    public String title() {
        List<String> words = List.copyOf(built.keySet());
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    @Override
    public JsonObject schema() {
        return ScalarType.orVariable(JsonObject.of("enum", List.copyOf(built.keySet())));
    }

    @Override
    public List<Planned> planned() {
        return notBuilt.values().stream()
                .flatMap(word -> word.planned().stream())
                .toList();
    }

    @Override
    public String write(T value) {
        return built.entrySet().stream()
                .filter(option -> option.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}

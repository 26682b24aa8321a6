/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every function that an expression may call, by name, in the order of the reference page. */
public final class FunctionTable {

    /** The functions by what they are about. */
    private static final Map<String, List<Function>> GROUPS = groups();

    private static final Map<String, Function> BY_NAME = byName();

    private FunctionTable() {}

    public static @Nullable Function find(String name) {
        return BY_NAME.get(name);
    }

    public static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    public static Collection<Function> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /** The functions under their titles. */
    public static Map<String, List<Function>> titled() {
        return Collections.unmodifiableMap(GROUPS);
    }

    private static Map<String, List<Function>> groups() {
        Map<String, List<Function>> groups = new LinkedHashMap<>();
        groups.put("Numbers", NumberFunctions.all());
        groups.put("Time", TimeFunctions.all());
        groups.put("Text", TextFunctions.all());
        groups.put("Missing values", MissingFunctions.all());
        return groups;
    }

    private static Map<String, Function> byName() {
        Map<String, Function> byName = new LinkedHashMap<>();
        GROUPS.values().forEach(group -> group.forEach(function -> byName.put(function.name(), function)));
        return byName;
    }
}

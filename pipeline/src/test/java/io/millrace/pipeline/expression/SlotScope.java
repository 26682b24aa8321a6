/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scope whose variables take the next slot of their bank, in the order in which they are named. */
final class SlotScope implements Scope {

    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<Bank, Integer> sizes = new EnumMap<>(Bank.class);

    SlotScope numbers(String... names) {
        return add(ExpressionType.NUMBER, Bank.NUMBERS, names);
    }

    SlotScope features(String... names) {
        return add(ExpressionType.NUMBER, Bank.FEATURES, names);
    }

    SlotScope booleans(String... names) {
        return add(ExpressionType.BOOLEAN, Bank.NUMBERS, names);
    }

    SlotScope times(String... names) {
        return add(ExpressionType.TIME, Bank.NUMBERS, names);
    }

    SlotScope texts(String... names) {
        return add(ExpressionType.TEXT, Bank.TEXTS, names);
    }

    private SlotScope add(ExpressionType type, Bank bank, String... names) {
        for (String name : names) {
            variables.put(name, new Variable(name, type, bank, sizes.merge(bank, 1, Integer::sum) - 1));
        }
        return this;
    }

    /** A frame in which everything is missing. */
    Frame frame() {
        Frame frame = new Frame();
        frame.numbers = missing(Bank.NUMBERS);
        frame.features = missing(Bank.FEATURES);
        frame.texts = new String[size(Bank.TEXTS)];
        return frame;
    }

    private int size(Bank bank) {
        return sizes.getOrDefault(bank, 0);
    }

    private double[] missing(Bank bank) {
        double[] values = new double[size(bank)];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    void set(Frame frame, String name, double value) {
        Variable variable = variable(name);
        (variable.bank() == Bank.NUMBERS ? frame.numbers : frame.features)[variable.slot()] = value;
    }

    void set(Frame frame, String name, @Nullable String value) {
        frame.texts[variable(name).slot()] = value;
    }

    void set(Frame frame, String name, Instant moment) {
        set(frame, name, (double) moment.toEpochMilli());
    }

    private Variable variable(String name) {
        Variable variable = variables.get(name);
        if (variable == null) {
            throw new IllegalArgumentException(name);
        }
        return variable;
    }

    @Override
    public @Nullable Variable find(String name) {
        return variables.get(name);
    }

    @Override
    public Collection<String> names() {
        return variables.keySet();
    }

    Collection<Variable> variables() {
        return variables.values();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Scope.Bank;
import io.millrace.pipeline.expression.Scope.Variable;
import io.millrace.pipeline.problem.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts values behind the values that they read; a circle is a problem. */
final class DependencyOrder {

    private final Map<Integer, ValueProgram> bySlot = new HashMap<>();
    private final List<String> names;
    private final Problems problems;
    private final Set<Integer> placed = new HashSet<>();
    private final Deque<Integer> underWay = new ArrayDeque<>();
    private final List<ValueProgram> inOrder = new ArrayList<>();

    private DependencyOrder(List<ValueProgram> values, List<String> names, Problems problems) {
        this.names = names;
        this.problems = problems;
        values.forEach(value -> bySlot.put(value.slot(), value));
    }

    static List<ValueProgram> of(List<ValueProgram> values, List<String> names, Problems problems) {
        DependencyOrder order = new DependencyOrder(values, names, problems);
        values.forEach(order::place);
        return order.inOrder;
    }

    private void place(ValueProgram value) {
        if (placed.contains(value.slot())) {
            return;
        }
        if (underWay.contains(value.slot())) {
            reportCircle(value.slot());
            return;
        }
        underWay.addLast(value.slot());
        for (Variable read : value.expression().variables()) {
            ValueProgram before = read.bank() == Bank.FEATURES ? bySlot.get(read.slot()) : null;
            if (before != null) {
                place(before);
            }
        }
        underWay.removeLast();
        if (placed.add(value.slot())) {
            inOrder.add(value);
        }
    }

    private void reportCircle(int slot) {
        String circle = underWay.stream()
                .dropWhile(each -> each != slot)
                .map(names::get)
                .collect(Collectors.joining(" → "));
        String name = names.get(slot);
        problems.add(
                "features." + name + ".value",
                "the feature is made from itself: " + circle + " → " + name + ". Break the circle.");
    }
}

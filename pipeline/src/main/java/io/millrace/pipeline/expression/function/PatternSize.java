/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.function;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An estimate of the program that a regular expression becomes, made before it is compiled: RE2/J writes counted
 * repetitions out, so that {@code ((a{1000}){1000}){1000}} would fill the memory.
 */
final class PatternSize {

    static final int GREATEST = 10_000;

    private final String pattern;
    /** Steps of the groups around the reading position, the innermost last. */
    private final Deque<Long> groups = new ArrayDeque<>();

    private long steps;
    /** Steps of what a repetition would repeat. */
    private long atom;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    static boolean isTooGreat(String pattern) {
        return new PatternSize(pattern).exceeds();
    }

    private boolean exceeds() {
        int position = 0;
        while (position < pattern.length()) {
            position = read(position);
            if (steps > GREATEST) {
                return true;
            }
        }
        return groups.stream().mapToLong(Long::longValue).sum() + steps > GREATEST;
    }

    /** Reads what stands at a position; gives the position after it. */
    private int read(int position) {
        switch (pattern.charAt(position)) {
            case '(' -> {
                groups.addLast(steps);
                steps = 0;
            }
            case ')' -> {
                atom = steps + 1;
                steps = atom + (groups.isEmpty() ? 0 : groups.removeLast());
            }
            case '{' -> {
                return repeat(position + 1);
            }
            case '[' -> {
                add(1);
                return afterClass(position + 1);
            }
            case '\\' -> {
                add(1);
                return position + 2;
            }
            default -> add(1);
        }
        return position + 1;
    }

    private void add(long size) {
        atom = size;
        steps += size;
    }

    private int repeat(int position) {
        int end = position;
        long count = 0;
        long greatest = 1;
        while (end < pattern.length() && pattern.charAt(end) != '}') {
            int digit = Character.digit(pattern.charAt(end), 10);
            count = digit < 0 ? 0 : Math.min(GREATEST, count * 10 + digit);
            greatest = Math.max(greatest, count);
            end++;
        }
        steps += atom * (greatest - 1);
        atom *= greatest;
        return end + 1;
    }

    /** A bracket that stands first in its class is a member, not the end. */
    private int afterClass(int position) {
        int first = position < pattern.length() && pattern.charAt(position) == '^' ? position + 1 : position;
        int end = pattern.indexOf(']', first + 1);
        return end < 0 ? pattern.length() : end + 1;
    }
}

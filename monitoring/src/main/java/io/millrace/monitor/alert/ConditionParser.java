/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import io.millrace.monitor.alert.AlertCondition.InState;
import io.millrace.monitor.alert.AlertCondition.Operator;
import io.millrace.monitor.alert.AlertCondition.Subject;
import io.millrace.monitor.alert.AlertCondition.Threshold;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.MonitoringSignal.State;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition: {@code psi > 0.2}, {@code missing(amount) >= 1%}, {@code roc_auc/exact < 0.9}, {@code psi is alarm}.
 *
 * <p>A name is a metric, or a definition when it has a slash; a feature may stand behind it in parentheses.
 */
public final class ConditionParser {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_@./-]*");
    private static final Pattern FEATURE = Pattern.compile("\\(\\s*([^()\\s]+)\\s*\\)");
    private static final Pattern SIGN = Pattern.compile("[<>=!]+|is\\b");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?(%?)");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern SPACE = Pattern.compile("\\s*");

    private final String text;
    private int at;

    private ConditionParser(String text) {
        this.text = text;
    }

    /**
     * Reads a condition.
     *
     * @param names the metrics and definitions that there are; empty when they are not known
     * @throws ConditionException when the text is not one
     */
    public static AlertCondition parse(String text, Collection<String> names) {
        ConditionParser parser = new ConditionParser(text);
        AlertCondition condition = parser.condition(names);
        if (parser.at < text.length()) {
            throw parser.refuse(
                    "'" + parser.rest() + "' is left over. A condition is one comparison, such as psi > 0.2;"
                            + " write a second rule for a second one");
        }
        return condition;
    }

    private AlertCondition condition(Collection<String> names) {
        Subject subject = subject(names);
        int signAt = at;
        String sign = next(SIGN, "a comparison: >, >=, <, <= or 'is'").group();
        if (sign.equals("is")) {
            return new InState(subject, state());
        }
        for (Operator operator : Operator.values()) {
            if (operator.sign.equals(sign)) {
                return new Threshold(subject, operator, level());
            }
        }
        at = signAt;
        throw refuse("'" + sign + "' does not compare. Write >, >=, <, <= or 'is', as in psi > 0.2");
    }

    private Subject subject(Collection<String> names) {
        space();
        int nameAt = at;
        String name = next(NAME, "a metric, as in psi > 0.2").group();
        if (!names.isEmpty() && !names.contains(name)) {
            at = nameAt;
            throw refuse("no metric '" + name + "'." + Problems.suggest(name, names));
        }
        Matcher feature = match(FEATURE);
        return new Subject(name, feature == null ? null : feature.group(1));
    }

    private double level() {
        Matcher number = next(NUMBER, "a number such as 0.2 or 1%");
        boolean percent = !number.group(1).isEmpty();
        String digits = percent ? number.group().substring(0, number.group().length() - 1) : number.group();
        double level = Double.parseDouble(digits);
        return percent ? level / 100 : level;
    }

    private State state() {
        int wordAt = at;
        String word = next(WORD, "warning or alarm").group();
        if (word.toLowerCase(Locale.ROOT).equals("alarm")) {
            return State.ALARM;
        }
        if (word.toLowerCase(Locale.ROOT).equals("warning")) {
            return State.WARNING;
        }
        at = wordAt;
        throw refuse("a signal is not '" + word + "' when it should be told of. Write warning or alarm");
    }

    private Matcher next(Pattern pattern, String expected) {
        Matcher found = match(pattern);
        if (found == null) {
            throw refuse("expected " + expected + ", found " + (rest().isEmpty() ? "the end" : "'" + rest() + "'"));
        }
        return found;
    }

    private @Nullable Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        space();
        return matcher;
    }

    private void space() {
        Matcher matcher = SPACE.matcher(text).region(at, text.length());
        at = matcher.lookingAt() ? matcher.end() : at;
    }

    private String rest() {
        return text.substring(at).strip();
    }

    private ConditionException refuse(String message) {
        return new ConditionException(text.codePointCount(0, at) + 1, message);
    }
}

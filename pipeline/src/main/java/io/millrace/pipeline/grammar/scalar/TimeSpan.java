/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.grammar.scalar;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A duration in one unit: {@code 250ms 10s 5m 1h 7d}.
 *
 * @param least the shortest that makes sense, inclusive
 */
public record TimeSpan(Duration least) implements ScalarType<Duration> {

    /** Zero or longer. */
    public static final TimeSpan ANY = new TimeSpan(Duration.ZERO);

    /** Longer than zero. */
    public static final TimeSpan POSITIVE = new TimeSpan(Duration.ofMillis(1));

    /** A hundred years, which a long still counts in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    /** What a message expects. */
    public static final String EXAMPLES = "a duration such as 250ms, 10s, 5m, 1h or 7d";

    private static final Map<String, Duration> UNITS = units();

    private static Map<String, Duration> units() {
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("d", Duration.ofDays(1));
        units.put("h", Duration.ofHours(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("ms", Duration.ofMillis(1));
        return units;
    }

    @Override
    public @Nullable Duration parse(YamlNode.Scalar scalar, Reading reading) {
        Matcher written = FORM.matcher(scalar.text());
        if (!written.matches()) {
            reading.mismatch(scalar, EXAMPLES);
            return null;
        }
        Duration unit = UNITS.getOrDefault(written.group(2), Duration.ZERO);
        Duration value = unit.multipliedBy(Long.parseLong(written.group(1)));
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            reading.mismatch(scalar, "a duration from " + write(least) + " to " + write(LONGEST));
            return null;
        }
        return value;
    }

    @Override
    public boolean fits(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && FORM.matcher(scalar.text()).matches();
    }

    @Override
    public String title() {
        return "a duration";
    }

    @Override
    public JsonObject schema() {
        return ScalarType.orVariable(JsonObject.of("type", "string").with("pattern", "^" + FORM + "$"));
    }

    /** In the largest unit that divides it. */
    @Override
    public String write(Duration value) {
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long millis = unit.getValue().toMillis();
            if (!value.isZero() && value.toMillis() % millis == 0) {
                return value.toMillis() / millis + unit.getKey();
            }
        }
        return "0s";
    }
}

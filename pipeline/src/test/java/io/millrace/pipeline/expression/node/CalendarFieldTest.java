/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.expression.Frame;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The calendar by integer arithmetic against {@code java.time}. */
class CalendarFieldTest {

    private static final Map<CalendarField, ChronoField> FIELDS = Map.of(
            CalendarField.HOUR, ChronoField.HOUR_OF_DAY,
            CalendarField.MINUTE, ChronoField.MINUTE_OF_HOUR,
            CalendarField.DAY_OF_WEEK, ChronoField.DAY_OF_WEEK,
            CalendarField.DAY_OF_MONTH, ChronoField.DAY_OF_MONTH,
            CalendarField.DAY_OF_YEAR, ChronoField.DAY_OF_YEAR,
            CalendarField.MONTH, ChronoField.MONTH_OF_YEAR,
            CalendarField.YEAR, ChronoField.YEAR);
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final double GREATEST_MILLIS = 8.64e15;

    private final double[] now = {Double.NaN};
    private final TimeNode time = frame -> now[0];
    private final Frame frame = new Frame();

    private void assertAgrees(long millis, ZoneId zone, Map<CalendarField, NumberNode> nodes) {
        now[0] = millis;
        ZonedDateTime expected = Instant.ofEpochMilli(millis).atZone(zone);
        nodes.forEach((field, node) -> assertThat(node.number(frame))
                .as("%s of %s", field, expected)
                .isEqualTo(expected.get(FIELDS.get(field))));
    }

    private Map<CalendarField, NumberNode> nodes(ZoneId zone) {
        return Map.of(
                CalendarField.HOUR, CalendarField.HOUR.of(time, zone),
                CalendarField.MINUTE, CalendarField.MINUTE.of(time, zone),
                CalendarField.DAY_OF_YEAR, CalendarField.DAY_OF_YEAR.of(time, zone));
    }

    @Test
    void everyDayOfEightCenturiesHasItsDate() {
        long first = Instant.parse("1600-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("2400-12-31T00:00:00Z").toEpochMilli();
        for (long day = first; day <= last; day += MILLIS_PER_DAY) {
            ZonedDateTime expected = Instant.ofEpochMilli(day).atZone(ZoneOffset.UTC);
            assertThat(CalendarField.YEAR.of(day)).isEqualTo(expected.getYear());
            assertThat(CalendarField.MONTH.of(day)).isEqualTo(expected.getMonthValue());
            assertThat(CalendarField.DAY_OF_MONTH.of(day)).isEqualTo(expected.getDayOfMonth());
            assertThat(CalendarField.DAY_OF_YEAR.of(day)).isEqualTo(expected.getDayOfYear());
            assertThat(CalendarField.DAY_OF_WEEK.of(day))
                    .isEqualTo(expected.getDayOfWeek().getValue());
        }
    }

    @Test
    void anyMomentHasItsFields() {
        long seed = 20260729;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long millis = (long) ((random.nextDouble() * 2 - 1) * GREATEST_MILLIS);
            ZonedDateTime expected = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
            FIELDS.forEach((field, same) -> assertThat(field.of(millis))
                    .as("seed %d: %s of %s", seed, field, expected)
                    .isEqualTo(expected.get(same)));
        }
    }

    @Test
    void zonesKeepTheirOffsetsAroundEveryTransition() {
        for (String name : List.of("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca")) {
            ZoneId zone = ZoneId.of(name);
            Map<CalendarField, NumberNode> nodes = nodes(zone);
            for (long transition : transitions(zone)) {
                for (long millis : new long[] {-1, 0, 1, 999, 1_000, -999, -1_000, 86_400_000}) {
                    assertAgrees(transition + millis, zone, nodes);
                }
            }
        }
    }

    @Test
    void zonesKeepTheirOffsetsWhenTimeJumps() {
        long seed = 20260730;
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(ZoneId.getAvailableZoneIds());
        for (int i = 0; i < 500; i++) {
            ZoneId zone = ZoneId.of(names.get(random.nextInt(names.size())));
            Map<CalendarField, NumberNode> nodes = nodes(zone);
            for (int j = 0; j < 20; j++) {
                assertAgrees((long) (random.nextGaussian() * 2e12), zone, nodes);
            }
        }
    }

    private static List<Long> transitions(ZoneId zone) {
        List<Long> transitions = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.parse("1900-01-01T00:00:00Z"));
        while (next != null && next.getInstant().isBefore(Instant.parse("2100-01-01T00:00:00Z"))) {
            transitions.add(next.toEpochSecond() * 1_000);
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return transitions;
    }

    @Test
    void aMomentFarAwayOrMissingHasNoFields() {
        NumberNode hour = CalendarField.HOUR.of(time);
        NumberNode berlin = CalendarField.HOUR.of(time, ZoneId.of("Europe/Berlin"));
        for (double millis : new double[] {Double.NaN, GREATEST_MILLIS * 1.01, -GREATEST_MILLIS * 1.01, 1e300}) {
            now[0] = millis;
            assertThat(hour.number(frame)).isNaN();
            assertThat(berlin.number(frame)).isNaN();
        }
    }
}

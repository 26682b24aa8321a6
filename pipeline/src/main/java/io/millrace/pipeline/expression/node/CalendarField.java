/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import java.time.ZoneId;
import java.util.function.LongUnaryOperator;

/**
 * A part of a date or of a time of day, in the proleptic Gregorian calendar.
 *
 * <p>Dates come from day numbers by H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", {@code civil_from_days}:
 * years begin in March, so that the leap day is the last of its year, and 400 years (an era) are 146,097 days.
 */
public enum CalendarField {
    HOUR {
        @Override
        int of(long millis) {
            return (int) Math.floorMod(Math.floorDiv(millis, MILLIS_PER_HOUR), 24L);
        }
    },
    MINUTE {
        @Override
        int of(long millis) {
            return (int) Math.floorMod(Math.floorDiv(millis, MILLIS_PER_MINUTE), 60L);
        }
    },
    DAY_OF_WEEK {
        @Override
        int of(long millis) {
            return (int) Math.floorMod(day(millis) + THURSDAY - 1, 7L) + 1;
        }
    },
    DAY_OF_MONTH {
        @Override
        int of(long millis) {
            int dayOfMarchYear = dayOfMarchYear(day(millis));
            return dayOfMarchYear - (153 * marchMonth(dayOfMarchYear) + 2) / 5 + 1;
        }
    },
    DAY_OF_YEAR {
        @Override
        int of(long millis) {
            int dayOfMarchYear = dayOfMarchYear(day(millis));
            if (dayOfMarchYear >= MARCH_TO_DECEMBER) {
                return dayOfMarchYear - MARCH_TO_DECEMBER + 1;
            }
            return dayOfMarchYear + (isLeap(YEAR.of(millis)) ? 60 : 59) + 1;
        }
    },
    MONTH {
        @Override
        int of(long millis) {
            int marchMonth = marchMonth(dayOfMarchYear(day(millis)));
            return marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        }
    },
    YEAR {
        @Override
        int of(long millis) {
            long day = day(millis);
            long marchYear = Math.floorDiv(day + MARCH_0000, DAYS_PER_ERA) * 400 + yearOfEra(dayOfEra(day));
            return (int) (dayOfMarchYear(day) >= MARCH_TO_DECEMBER ? marchYear + 1 : marchYear);
        }
    };

    private static final long MILLIS_PER_MINUTE = 60_000;
    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final long DAYS_PER_ERA = 146_097;
    /** Days from 0000-03-01 to the epoch. */
    private static final long MARCH_0000 = 719_468;
    /** Days from 1 March to 31 December. */
    private static final int MARCH_TO_DECEMBER = 306;
    /** The day of the week of the epoch, Monday being 1. */
    private static final int THURSDAY = 4;
    /** 100 million days on either side of the epoch, as in ECMAScript: beyond it a moment has no calendar. */
    private static final double GREATEST_MILLIS = 8.64e15;

    /** The field of a moment whose clock shows {@code millis} since the epoch. */
    abstract int of(long millis);

    /** The field in UTC; missing beyond 100 million days from the epoch. */
    public NumberNode of(TimeNode time) {
        return of(time, millis -> millis);
    }

    /** The field in a time zone. */
    public NumberNode of(TimeNode time, ZoneId zone) {
        return of(time, new ZoneClock(zone.getRules())::local);
    }

    private NumberNode of(TimeNode time, LongUnaryOperator clock) {
        return frame -> {
            double millis = time.millis(frame);
            return Math.abs(millis) <= GREATEST_MILLIS ? of(clock.applyAsLong((long) Math.floor(millis))) : Double.NaN;
        };
    }

    private static long day(long millis) {
        return Math.floorDiv(millis, MILLIS_PER_DAY);
    }

    private static int dayOfEra(long day) {
        return (int) Math.floorMod(day + MARCH_0000, DAYS_PER_ERA);
    }

    private static int yearOfEra(int dayOfEra) {
        return (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    }

    private static int dayOfMarchYear(long day) {
        int dayOfEra = dayOfEra(day);
        int yearOfEra = yearOfEra(dayOfEra);
        return dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    }

    private static int marchMonth(int dayOfMarchYear) {
        return (5 * dayOfMarchYear + 2) / 153;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}

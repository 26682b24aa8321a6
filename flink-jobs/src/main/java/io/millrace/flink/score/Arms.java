/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.CarriedFields;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.record.Event;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the arm of an event by a hash of its key: the same key has the same arm wherever and whenever it is scored, and
 * keys that a canary has stay with it while its share grows.
 */
final class Arms {

    static final String CHAMPION = "champion";
    static final String CANARY = "canary";
    static final String SHADOW = "shadow";

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final double UNIT = 0x1p-53;

    private final CarriedFields key;

    Arms(InferencePlan plan) {
        this.key = plan.canaryKey();
    }

    boolean isCanary(Regime regime, Event event) {
        return regime.canary() != null && position(text(event)) < regime.share();
    }

    private String text(Event event) {
        @Nullable Object[] values = key.values(event);
        return values.length == 0 ? event.id() : String.valueOf(values[0]);
    }

    /** Where a key lies in [0, 1): 64-bit FNV-1a (Fowler, Noll, Vo), its bits then mixed as MurmurHash3 does at its end. */
    static double position(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return ((hash ^ (hash >>> 33)) >>> 11) * UNIT;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import io.millrace.pipeline.record.Alert;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What alerts remember between windows: how long a condition has held, what is open, what was closed a while ago.
 *
 * <p>In the order of its subjects, so equal states have equal bytes. Not thread-safe.
 */
public final class AlertState {

    final SortedMap<AlertSubject, Progress> subjects = new TreeMap<>();

    /** The alerts that are open. */
    public List<Alert> open() {
        List<Alert> open = new ArrayList<>();
        for (Progress progress : subjects.values()) {
            if (progress.open != null) {
                open.add(progress.open);
            }
        }
        return open;
    }

    /** Forgets a model version that is not watched any more; what it left open is closed, with no value. */
    public List<Alert> retire(String modelVersion, long atMillis) {
        List<Alert> closed = new ArrayList<>();
        Iterator<Map.Entry<AlertSubject, Progress>> all = subjects.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<AlertSubject, Progress> each = all.next();
            if (modelVersion.equals(each.getKey().modelVersion())) {
                Alert open = each.getValue().open;
                if (open != null) {
                    closed.add(open.closed(Double.NaN, atMillis));
                }
                all.remove();
            }
        }
        return closed;
    }

    /** One subject. */
    static final class Progress {
        static final long NEVER = Long.MIN_VALUE;

        /** Windows in a row that fulfil the condition, or that are clear of it while an alert is open. */
        int streak;

        long lastWindowEndMillis = NEVER;
        long closedAtMillis = NEVER;

        @Nullable
        Alert open;

        boolean isCooling(long nowMillis, long coolDownMillis) {
            return closedAtMillis != NEVER && nowMillis - closedAtMillis < coolDownMillis;
        }

        boolean isIdle(long nowMillis, long coolDownMillis) {
            return open == null && streak == 0 && !isCooling(nowMillis, coolDownMillis);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

import io.millrace.feature.FeatureProgram;
import io.millrace.feature.HopProgram;
import io.millrace.pipeline.record.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which events the features of some events depend on: those of their keys, in the reach of their windows. Not thread-safe. */
final class ReplayScope {

    private final FeatureProgram program;
    private final boolean byEventTime;
    private final List<Map<String, Span>> spans = new ArrayList<>();
    private long latestMillis = Long.MIN_VALUE;

    /** From the first to the last time at which a key is asked for. */
    private record Span(long fromMillis, long toMillis) {

        Span and(Span other) {
            return new Span(Math.min(fromMillis, other.fromMillis), Math.max(toMillis, other.toMillis));
        }
    }

    /** @param byEventTime whether events after an event cannot have come before it */
    ReplayScope(FeatureProgram program, boolean byEventTime) {
        this.program = program;
        this.byEventTime = byEventTime;
        program.hops().forEach(hop -> spans.add(new HashMap<>()));
    }

    /** Asks for the features of an event of the scored stream. */
    void add(Event event) {
        Span now = new Span(event.eventTimeMillis(), event.eventTimeMillis());
        for (int i = 0; i < spans.size(); i++) {
            String key = program.hops().get(i).key(event);
            if (key != null) {
                spans.get(i).merge(key, now, Span::and);
            }
        }
        latestMillis = Math.max(latestMillis, event.eventTimeMillis());
    }

    /** Whether the features of an event that was asked for may depend on this one. */
    boolean matters(Event event) {
        for (int i = 0; i < spans.size(); i++) {
            HopProgram hop = program.hops().get(i);
            String key = hop.enters(event.stream()) ? hop.key(event) : null;
            Span span = key == null ? null : spans.get(i).get(key);
            if (span != null
                    && (!byEventTime || event.eventTimeMillis() <= span.toMillis)
                    && hop.reaches(event, span.fromMillis)) {
                return true;
            }
        }
        return false;
    }

    /** The last time that was asked for. */
    long latestMillis() {
        return latestMillis;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run made, counted from the topics as a reader of committed records sees them.
 *
 * @param events records of the scored stream
 * @param deadLetters of the scored stream
 * @param late of the scored stream
 * @param otherRefusals dead letters and late records of other streams
 */
public record RunResult(
        long events, long predictions, long deadLetters, long late, long otherRefusals, double seconds) {

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("events", events);
        map.put("predictions", predictions);
        map.put("dead_letters", deadLetters);
        map.put("late", late);
        map.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
        map.put("events_per_second", Math.round(events / seconds));
        map.put("other_streams_refused", otherRefusals);
        return map;
    }

    String asText() {
        return "%,d events: %,d predictions, %,d dead letters, %,d late; %.1f s, %,.0f events/s%s"
                .formatted(
                        events,
                        predictions,
                        deadLetters,
                        late,
                        seconds,
                        events / seconds,
                        otherRefusals == 0 ? "" : "; %,d refused from other streams".formatted(otherRefusals));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dense;

import io.millrace.feature.FeatureProgram;
import io.millrace.feature.HopProgram;
import io.millrace.feature.KeyState;
import io.millrace.pipeline.record.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes feature vectors of events that come in the order in which they are to be processed, with the same program that
 * serves, and keyed state in memory. Not thread-safe.
 */
public final class FeatureReplay {

    private final FeatureProgram program;
    private final int scored;
    private final List<Map<String, KeyState>> states = new ArrayList<>();

    /**
     * A replay that has seen nothing.
     *
     * @param scored the index of the stream whose events get a vector
     */
    public FeatureReplay(FeatureProgram program, int scored) {
        this.program = program;
        this.scored = scored;
        program.hops().forEach(hop -> states.add(new HashMap<>()));
    }

    /** The vector of an event of the scored stream; an event of another stream only enters the state. */
    public double[] process(Event event) {
        double[] values = new double[program.features()];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < states.size(); i++) {
            HopProgram hop = program.hops().get(i);
            if (enters(hop, event.stream())) {
                meet(hop, states.get(i), event, values);
            }
        }
        if (event.stream() == scored) {
            program.finish(event, values);
        }
        return values;
    }

    private void meet(HopProgram hop, Map<String, KeyState> byKey, Event event, double[] values) {
        String key = hop.key(event);
        KeyState state = key == null ? null : byKey.computeIfAbsent(key, absent -> hop.newState());
        if (event.stream() == scored) {
            hop.compute(event, values, state);
        } else if (state != null) {
            hop.fold(event, state);
        }
    }

    private static boolean enters(HopProgram hop, int stream) {
        return Arrays.stream(hop.streams()).anyMatch(each -> each == stream);
    }
}

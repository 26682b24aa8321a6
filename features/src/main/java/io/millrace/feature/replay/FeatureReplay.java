/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

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
        if (event.stream() == scored) {
            return vector(event);
        }
        fold(event);
        return unknown();
    }

    /** Takes an event of the scored stream into the state, and computes its vector. */
    public double[] vector(Event event) {
        double[] values = unknown();
        for (int i = 0; i < states.size(); i++) {
            HopProgram hop = program.hops().get(i);
            String key = hop.key(event);
            hop.compute(event, values, key == null ? null : state(i, hop, key));
        }
        program.finish(event, values);
        return values;
    }

    /** Takes an event into the state, without a vector. */
    public void fold(Event event) {
        for (int i = 0; i < states.size(); i++) {
            HopProgram hop = program.hops().get(i);
            String key = hop.enters(event.stream()) ? hop.key(event) : null;
            if (key != null) {
                hop.fold(event, state(i, hop, key));
            }
        }
    }

    private KeyState state(int index, HopProgram hop, String key) {
        return states.get(index).computeIfAbsent(key, absent -> hop.newState());
    }

    private double[] unknown() {
        double[] values = new double[program.features()];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}

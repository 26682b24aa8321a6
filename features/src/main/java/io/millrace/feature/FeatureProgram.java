/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Frame;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.PipelineSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that turns events into feature vectors, compiled: keyed hops, then the values that need no state. One per
 * thread: it holds scratch space.
 */
public final class FeatureProgram {

    private static final int NONE = -1;

    private final int features;
    private final List<HopProgram> hops;
    private final ValueProgram[] values;
    private final int[] rejecting;
    private final Frame frame = new Frame();

    /**
     * @param values in an order in which each finds what it reads
     * @param rejecting slots of the features without which there is no prediction
     */
    FeatureProgram(int features, List<HopProgram> hops, ValueProgram[] values, int[] rejecting) {
        this.features = features;
        this.hops = List.copyOf(hops);
        this.values = values;
        this.rejecting = rejecting;
    }

    /**
     * Compiles the features of a pipeline.
     *
     * @param layouts one per stream, in the file's order
     * @param problems takes everything that is wrong, by its path in the file
     * @return null when problems were added
     */
    public static @Nullable FeatureProgram compile(PipelineSpec spec, List<EventLayout> layouts, Problems problems) {
        return new FeatureCompiler(spec, layouts, problems).compile();
    }

    /** How many features a vector has. */
    public int features() {
        return features;
    }

    /** The keyed hops, in the order in which their keys first appear in the file. */
    public List<HopProgram> hops() {
        return hops;
    }

    /** After the last hop: computes what needs no state, in the vector's own array. */
    public void finish(Event event, double[] vector) {
        frame.numbers = event.numbers();
        frame.texts = event.texts();
        frame.features = vector;
        for (ValueProgram value : values) {
            vector[value.slot()] = value.value(frame);
        }
    }

    /** The first feature that is missing although the pipeline makes no prediction without it, or -1. */
    public int rejected(double[] vector) {
        for (int slot : rejecting) {
            if (Double.isNaN(vector[slot])) {
                return slot;
            }
        }
        return NONE;
    }

    /** The first field of the event that is null although features are kept by it, or null when the event has its keys. */
    public @Nullable String nullKey(Event event) {
        for (HopProgram hop : hops) {
            String field = hop.nullKey(event);
            if (field != null) {
                return field;
            }
        }
        return null;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.feature.HopProgram;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Event;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Gives a vector the key of its next hop. An event whose key is null, in features that allow it, gets a key of its own, so
 * that it meets no state and burdens no partition.
 */
public final class RouteFunction extends RichMapFunction<KeyedVector, KeyedVector> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final int hop;
    private transient HopProgram program;

    public RouteFunction(InferencePlan plan, int hop) {
        this.plan = plan;
        this.hop = hop;
    }

    @Override
    public void open(OpenContext context) {
        program = plan.compileFeatures().hops().get(hop);
    }

    @Override
    public KeyedVector map(KeyedVector keyed) {
        Event event = keyed.vector().event();
        return new KeyedVector(NullKey.orReal(program.key(event), event), keyed.vector(), keyed.scored());
    }
}

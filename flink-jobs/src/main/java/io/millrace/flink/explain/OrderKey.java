/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import io.millrace.feature.HopProgram;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What predictions are in order by: the key of the last hop, without hops the partition that they came from. For one thread. */
final class OrderKey {

    private final @Nullable HopProgram last;

    OrderKey(InferencePlan plan) {
        List<HopProgram> hops = plan.compileFeatures().hops();
        this.last = hops.isEmpty() ? null : hops.get(hops.size() - 1);
    }

    /** Null: an event without a key, of which there is no order. */
    @Nullable
    String of(Event event) {
        if (last != null) {
            return last.key(event);
        }
        SourcePosition position = event.raw().position();
        return position.topic() + '-' + position.partition();
    }
}

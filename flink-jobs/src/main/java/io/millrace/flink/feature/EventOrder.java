/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.pipeline.record.SourcePosition;
import java.io.Serializable;
import java.util.Comparator;

/**
 * The order of events that share an event time: other streams before the scored one, then the order of streams in the
 * file, then partition, then offset.
 */
final class EventOrder implements Comparator<KeyedVector>, Serializable {

    private static final long serialVersionUID = 1L;

    private final int scored;

    EventOrder(int scored) {
        this.scored = scored;
    }

    @Override
    public int compare(KeyedVector left, KeyedVector right) {
        int byStream = Integer.compare(rank(left), rank(right));
        if (byStream != 0) {
            return byStream;
        }
        SourcePosition one = left.vector().event().raw().position();
        SourcePosition other = right.vector().event().raw().position();
        int byPartition = Integer.compare(one.partition(), other.partition());
        return byPartition != 0 ? byPartition : Long.compare(one.offset(), other.offset());
    }

    private int rank(KeyedVector keyed) {
        int stream = keyed.vector().event().stream();
        return stream == scored ? Integer.MAX_VALUE : stream;
    }
}

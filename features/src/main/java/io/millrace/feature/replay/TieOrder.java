/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.SourcePosition;
import java.io.Serializable;
import java.util.Comparator;

/**
 * The order of events that share a time: other streams before the scored one, then the order of streams in the file, then
 * partition, then offset.
 */
public final class TieOrder implements Comparator<Event>, Serializable {

    private static final long serialVersionUID = 1L;

    private final int scored;

    /** @param scored the index of the stream whose events are scored */
    public TieOrder(int scored) {
        this.scored = scored;
    }

    @Override
    public int compare(Event left, Event right) {
        int byStream = Integer.compare(rank(left), rank(right));
        if (byStream != 0) {
            return byStream;
        }
        SourcePosition one = left.raw().position();
        SourcePosition other = right.raw().position();
        int byPartition = Integer.compare(one.partition(), other.partition());
        return byPartition != 0 ? byPartition : Long.compare(one.offset(), other.offset());
    }

    private int rank(Event event) {
        return event.stream() == scored ? Integer.MAX_VALUE : event.stream();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import io.millrace.feature.replay.TieOrder;
import java.io.Serializable;
import java.util.Comparator;

/** The order of vectors whose events share an event time. */
final class EventOrder implements Comparator<KeyedVector>, Serializable {

    private static final long serialVersionUID = 1L;

    private final TieOrder order;

    EventOrder(int scored) {
        this.order = new TieOrder(scored);
    }

    @Override
    public int compare(KeyedVector left, KeyedVector right) {
        return order.compare(left.vector().event(), right.vector().event());
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.model.network.Shape;
import io.millrace.train.network.Flow;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.jspecify.annotations.Nullable;

/** Layers that join others. */
final class JoinMapping {

    private JoinMapping() {}

    /** Channels side by side. */
    static Flow concatenate(KerasLayer layer, Mapping mapping) {
        List<Flow> before = several(layer, mapping);
        Shape first = before.get(0).shape();
        layer.requireLastAxis(first.dimensions().length);
        int channels = 0;
        for (Flow flow : before) {
            int[] dimensions = flow.shape().dimensions();
            dimensions[dimensions.length - 1] = first.channels();
            if (!Shape.of(dimensions).equals(first)) {
                throw mismatch(layer, before);
            }
            channels += flow.shape().channels();
        }
        int[] dimensions = first.dimensions();
        dimensions[dimensions.length - 1] = channels;
        Shape after = Mapping.shape(layer, () -> Shape.of(dimensions));
        return new Flow(join(layer, mapping, before), after, order(before, channels));
    }

    /** Flattened rows keep their order, each behind the one before. */
    private static int @Nullable [] order(List<Flow> before, int width) {
        if (before.stream().allMatch(flow -> flow.order() == null)) {
            return null;
        }
        int[] order = new int[width];
        int from = 0;
        for (Flow flow : before) {
            int[] own = flow.order() == null
                    ? IntStream.range(0, flow.shape().values()).toArray()
                    : flow.order();
            for (int i = 0; i < own.length; i++) {
                order[from + i] = from + own[i];
            }
            from += own.length;
        }
        return order;
    }

    private static String join(KerasLayer layer, Mapping mapping, List<Flow> before) {
        return mapping.draft()
                .vertex(
                        layer.name(),
                        new MergeVertex(),
                        before.stream().map(Flow::vertex).toList());
    }

    /** Value by value. */
    static Flow elementwise(KerasLayer layer, Mapping mapping, ElementWiseVertex.Op operation) {
        List<Flow> before = several(layer, mapping);
        Flow first = before.get(0);
        for (Flow flow : before) {
            if (!flow.shape().equals(first.shape())) {
                throw mismatch(layer, before);
            }
            if (!flow.sameOrder(first)) {
                throw layer.refuse("and joins a flattened row with one that is not. Put a Dense between");
            }
        }
        List<String> names = before.stream().map(Flow::vertex).toList();
        return first.through(mapping.draft().vertex(layer.name(), new ElementWiseVertex(operation), names));
    }

    private static List<Flow> several(KerasLayer layer, Mapping mapping) {
        List<Flow> before = mapping.before(layer);
        if (before.size() < 2) {
            throw layer.refuse("which is fed by " + before.size() + " layers. Save the model again");
        }
        return before;
    }

    private static RuntimeException mismatch(KerasLayer layer, List<Flow> before) {
        return layer.refuse("and joins values of the shapes "
                + String.join(
                        " and ",
                        before.stream().map(flow -> flow.shape().text()).toList())
                + ", which is not mapped");
    }
}

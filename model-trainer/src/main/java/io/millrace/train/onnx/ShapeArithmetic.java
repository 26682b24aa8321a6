/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import io.millrace.train.network.RefusedModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/**
 * The part of a graph that works on shapes and not on values, as exporters write it for "as many rows as came in": worked out
 * here, with a mark where the number of rows stands.
 */
final class ShapeArithmetic {

    /** Stands for the number of rows, which is not known. */
    static final long ROWS = Long.MIN_VALUE;

    private static final Set<String> OPERATORS = Set.of("Shape", "Gather", "Unsqueeze", "Squeeze", "Concat", "Slice");

    private final OnnxGraph graph;
    private final Map<String, long[]> known = new HashMap<>();

    ShapeArithmetic(OnnxGraph graph) {
        this.graph = graph;
    }

    /**
     * Works the node out, where it is one of these.
     *
     * @param value the name of the rows here
     * @param shape their dimensions after the first
     * @return false: it is another node
     */
    boolean follow(NodeProto node, String place, String value, long[] shape) {
        if (!OPERATORS.contains(node.getOpType()) || node.getInputCount() == 0 || node.getOutputCount() != 1) {
            return false;
        }
        boolean ofRows = node.getInput(0).equals(value);
        if (ofRows != node.getOpType().equals("Shape")) {
            return false;
        }
        known.put(node.getOutput(0), ofRows ? dimensions(shape) : computed(node, place));
        return true;
    }

    /** What a value stands for: worked out here, or a constant of whole numbers; null where it is neither. */
    long @Nullable [] find(String name) {
        long[] found = known.get(name);
        if (found != null) {
            return found;
        }
        OnnxTensor constant = graph.constant(name);
        return constant == null || constant.type() != TensorProto.DataType.INT64_VALUE ? null : constant.longs();
    }

    private static long[] dimensions(long[] shape) {
        long[] all = new long[shape.length + 1];
        all[0] = ROWS;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return all;
    }

    private long[] computed(NodeProto node, String place) {
        List<long[]> inputs = new ArrayList<>();
        for (String input : node.getInputList()) {
            long[] found = find(input);
            if (found == null) {
                throw new RefusedModelException(place + " takes '" + OnnxGraph.shown(input)
                        + "', which is no shape and no constant. Export a plain feed-forward network.");
            }
            inputs.add(found);
        }
        return switch (node.getOpType()) {
            case "Gather" -> gathered(place, inputs);
            case "Concat" -> joined(inputs);
            case "Slice" -> sliced(place, inputs);
            default -> inputs.get(0); // a dimension more or less around one number
        };
    }

    private static long[] gathered(String place, List<long[]> inputs) {
        long[] data = inputs.get(0);
        long[] indexes = inputs.size() > 1 ? inputs.get(1) : new long[0];
        long[] found = new long[indexes.length];
        for (int i = 0; i < found.length; i++) {
            long index = indexes[i] < 0 ? indexes[i] + data.length : indexes[i];
            if (index < 0 || index >= data.length) {
                throw new RefusedModelException(place + " takes dimension " + indexes[i] + " of a shape of "
                        + data.length + ". Export the model again.");
            }
            found[i] = data[(int) index];
        }
        return found;
    }

    private static long[] joined(List<long[]> parts) {
        long[] joined = new long[parts.stream().mapToInt(part -> part.length).sum()];
        int position = 0;
        for (long[] part : parts) {
            System.arraycopy(part, 0, joined, position, part.length);
            position += part.length;
        }
        return joined;
    }

    private static long[] sliced(String place, List<long[]> inputs) {
        long[] data = inputs.get(0);
        boolean plain = inputs.size() >= 3
                && inputs.get(1).length == 1
                && inputs.get(2).length == 1
                && (inputs.size() < 5 || inputs.get(4).length == 1 && inputs.get(4)[0] == 1);
        if (!plain) {
            throw new RefusedModelException(
                    place + " slices a shape in a way that is not supported. Export a plain feed-forward network.");
        }
        int from = position(inputs.get(1)[0], data.length);
        int to = Math.max(from, position(inputs.get(2)[0], data.length));
        return java.util.Arrays.copyOfRange(data, from, to);
    }

    private static int position(long index, int length) {
        return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
    }
}

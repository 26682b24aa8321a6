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
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/**
 * A graph with one input and one output, its constants found.
 *
 * @param nodes those that compute, in the file's order, which ONNX wants to be one in which every value is made before it is
 *     used
 * @param inputShape the input's dimensions after the first, which counts rows
 */
record OnnxGraph(
        String input, long[] inputShape, String output, List<NodeProto> nodes, Map<String, OnnxTensor> constants) {

    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
    private static final int SHOWN_AT_MOST = 60;
    private static final int MOST_INPUTS = 1 << 20;

    static OnnxGraph of(GraphProto graph) {
        Map<String, OnnxTensor> constants = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            constants.put(tensor.getName(), OnnxTensor.of(tensor));
        }
        if (graph.getSparseInitializerCount() > 0) {
            throw new RefusedModelException(
                    "it has sparse weights, which are not supported. Export it with dense ones.");
        }
        List<NodeProto> nodes = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            OnnxTensor constant = constant(node);
            if (constant == null) {
                nodes.add(node);
            } else {
                constants.put(node.getOutput(0), constant);
            }
        }
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !constants.containsKey(input.getName()))
                .toList();
        ValueInfoProto input = only("input", inputs);
        ValueInfoProto output = only("output", graph.getOutputList());
        return new OnnxGraph(input.getName(), shape(input), output.getName(), nodes, constants);
    }

    private static @Nullable OnnxTensor constant(NodeProto node) {
        if (!node.getOpType().equals("Constant") || !isOnnx(node.getDomain()) || node.getOutputCount() != 1) {
            return null;
        }
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals("value")) {
                return OnnxTensor.of(attribute.getT());
            }
        }
        throw new RefusedModelException("the Constant '" + shown(node.getOutput(0))
                + "' has no tensor as its value, which is not supported. Export it with plain tensors.");
    }

    private static ValueInfoProto only(String what, List<ValueInfoProto> values) {
        if (values.size() != 1) {
            throw new RefusedModelException("its graph has " + values.size() + " " + what
                    + "s, networks with one are supported. Export the part with one input and one output.");
        }
        return values.get(0);
    }

    private static long[] shape(ValueInfoProto input) {
        List<Dimension> dimensions = input.getType().getTensorType().getShape().getDimList();
        int type = input.getType().getTensorType().getElemType();
        if (!input.getType().hasTensorType() || type != FLOAT || dimensions.size() < 2) {
            throw new RefusedModelException("its input '" + shown(input.getName()) + "' is "
                    + OnnxTensor.typeName(type) + " with " + dimensions.size()
                    + " dimensions, rows of float are supported. Export it with an input of [rows, values].");
        }
        long[] shape = new long[dimensions.size() - 1];
        long width = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.get(i + 1).getDimValue();
            width = shape[i] < 1 || width > MOST_INPUTS ? 0 : width * shape[i];
        }
        if (width < 1 || width > MOST_INPUTS) {
            throw new RefusedModelException("its input '" + shown(input.getName())
                    + "' has a row of no known size, or of more than " + MOST_INPUTS
                    + " values. Export it with a fixed number of inputs.");
        }
        return shape;
    }

    /** How many values a row of the input has. */
    int inputWidth() {
        long width = 1;
        for (long size : inputShape) {
            width *= size;
        }
        return (int) width;
    }

    @Nullable
    OnnxTensor constant(String name) {
        return constants.get(name);
    }

    /** Whether operators of this domain are ONNX's own. */
    static boolean isOnnx(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    /** A name of the file as it may stand in a message. */
    static String shown(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= SHOWN_AT_MOST ? clean : clean.substring(0, SHOWN_AT_MOST) + "…";
    }
}

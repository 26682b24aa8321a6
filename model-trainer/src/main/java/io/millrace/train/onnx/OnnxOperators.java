/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import io.millrace.train.network.RefusedModelException;
import java.util.Arrays;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * What each operator does to a row. The meanings and defaults are those of the ONNX operator specification (onnx/onnx,
 * docs/Operators.md and Changelog.md).
 */
final class OnnxOperators {

    private static final long AXIS_BY_DEFAULT_SINCE = 13;
    private static final double SELU_ALPHA = 1.6732632;
    private static final double SELU_GAMMA = 1.0507009;
    private static final double NEAR = 1e-6;
    private static final Set<String> DO_NOTHING = Set.of("Identity", "Dropout", "Flatten", "Reshape", "Cast");

    private final OnnxGraph graph;
    private final LayerChain chain;
    private final ShapeArithmetic shapes;
    private final long version;
    /** Whether rows still have the input's own dimensions, which only a reshaping makes one. */
    private boolean flat;

    OnnxOperators(OnnxGraph graph, LayerChain chain, long version) {
        this.graph = graph;
        this.chain = chain;
        this.shapes = new ShapeArithmetic(graph);
        this.version = version;
        this.flat = graph.inputShape().length == 1;
    }

    /** Does to the chain what the node does to a value; returns the value's name behind the node. */
    String follow(NodeProto node, String value) {
        String place = place(node);
        if (!OnnxGraph.isOnnx(node.getDomain())) {
            throw new RefusedModelException(place + " is of the domain '" + OnnxGraph.shown(node.getDomain())
                    + "', only ONNX's own operators are supported. Export the network alone.");
        }
        if (shapes.follow(node, place, value, flat ? new long[] {chain.width()} : graph.inputShape())) {
            return value;
        }
        int uses = 0;
        for (String input : node.getInputList()) {
            uses += input.equals(value) ? 1 : 0;
        }
        if (uses != 1 || node.getOutputCount() < 1) {
            throw new RefusedModelException(place + " takes the value '" + OnnxGraph.shown(value) + "' " + uses
                    + " times, a chain of operators that each take the one before is supported. Export a plain"
                    + " feed-forward network.");
        }
        if (!flat && !DO_NOTHING.contains(node.getOpType())) {
            throw new RefusedModelException(place + " works on rows of " + Arrays.toString(graph.inputShape())
                    + " values, only flat rows are supported. Export a network of dense layers.");
        }
        apply(node, place, value);
        return node.getOutput(0);
    }

    private void apply(NodeProto node, String place, String value) {
        switch (node.getOpType()) {
            case "Gemm" -> gemm(node, place, value);
            case "MatMul" -> matMul(node, place, value);
            case "Add", "Sub", "Mul", "Div" -> arithmetic(node, place, value);
            case "BatchNormalization" -> batchNormalization(node, place, value);
            case "Identity" -> {}
            case "Dropout" -> dropout(node, place);
            case "Cast" -> cast(node, place);
            case "Flatten" -> flatten(node, place);
            case "Reshape" -> reshape(node, place, value);
            default -> chain.activate(activation(node, place), node.getOpType());
        }
    }

    /** alpha · A · B + beta · C, where both factors are 1 when they are not written. */
    private void gemm(NodeProto node, String place, String value) {
        requireFirst(node, place, value);
        requireAttribute(node, place, "transA", integer(node, "transA", 0) == 0);
        OnnxTensor weights = matrix(node, place, 1);
        boolean transposed = integer(node, "transB", 0) != 0;
        float alpha = number(node, "alpha", 1);
        float beta = number(node, "beta", 1);
        int inputs = (int) weights.shape()[transposed ? 1 : 0];
        int outputs = (int) weights.shape()[transposed ? 0 : 1];
        float[] factors = new float[inputs * outputs];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                factors[i * outputs + o] = alpha * weights.floats()[transposed ? o * inputs + i : i * outputs + o];
            }
        }
        chain.multiply(place, factors, inputs, outputs);
        if (node.getInputCount() > 2 && !node.getInput(2).isEmpty()) {
            float[] bias = constant(node, place, 2).broadcast(place, outputs);
            for (int o = 0; o < outputs; o++) {
                bias[o] *= beta;
            }
            chain.scale(filled(outputs, 1), bias);
        }
    }

    private void matMul(NodeProto node, String place, String value) {
        requireFirst(node, place, value);
        OnnxTensor weights = matrix(node, place, 1);
        chain.multiply(place, weights.floats(), (int) weights.shape()[0], (int) weights.shape()[1]);
    }

    private void arithmetic(NodeProto node, String place, String value) {
        boolean first = node.getInput(0).equals(value);
        int width = chain.width();
        float[] operand = constant(node, place, first ? 1 : 0).broadcast(place, width);
        switch (node.getOpType()) {
            case "Add" -> chain.scale(filled(width, 1), operand);
            case "Mul" -> chain.scale(operand, filled(width, 0));
            case "Sub" -> chain.scale(filled(width, first ? 1 : -1), first ? negated(operand) : operand);
            default -> {
                requireFirst(node, place, value);
                chain.scale(inverted(place, operand), filled(width, 0));
            }
        }
    }

    /** (x − mean) / √(variance + epsilon) · scale + shift, by the statistics of training. */
    private void batchNormalization(NodeProto node, String place, String value) {
        requireFirst(node, place, value);
        requireAttribute(node, place, "training_mode", integer(node, "training_mode", 0) == 0);
        int width = chain.width();
        float[] scale = constant(node, place, 1).broadcast(place, width);
        float[] shift = constant(node, place, 2).broadcast(place, width);
        float[] mean = constant(node, place, 3).broadcast(place, width);
        float[] variance = constant(node, place, 4).broadcast(place, width);
        double epsilon = number(node, "epsilon", 1e-5f);
        for (int i = 0; i < width; i++) {
            double factor = scale[i] / Math.sqrt(variance[i] + epsilon);
            scale[i] = (float) factor;
            shift[i] = (float) (shift[i] - mean[i] * factor);
        }
        chain.scale(scale, shift);
    }

    private void dropout(NodeProto node, String place) {
        boolean training = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
        requireAttribute(node, place, "training_mode", !training);
    }

    private void cast(NodeProto node, String place) {
        requireAttribute(node, place, "to", integer(node, "to", 0) == TensorProto.DataType.FLOAT_VALUE);
    }

    private void flatten(NodeProto node, String place) {
        requireAttribute(node, place, "axis", integer(node, "axis", 1) == 1);
        flat = true;
    }

    /** A reshaping into rows of as many values: [rows, n] or [rows, -1], with the rows as a number, as 0, or as -1. */
    private void reshape(NodeProto node, String place, String value) {
        requireFirst(node, place, value);
        long[] to = node.getInputCount() < 2 ? null : shapes.find(node.getInput(1));
        if (to == null) {
            throw new RefusedModelException(
                    place + " has no constant as its input 1, which is not supported. Export a plain"
                            + " feed-forward network with its weights.");
        }
        boolean asMany = to.length == 2 && (to[0] == ShapeArithmetic.ROWS || to[0] == 0 || to[0] == 1);
        boolean rows = to.length == 2 && (asMany && to[1] == -1 || (asMany || to[0] == -1) && to[1] == chain.width());
        if (!rows) {
            throw new RefusedModelException(place + " makes rows of " + Arrays.toString(to) + ", only flat rows of "
                    + chain.width() + " values are supported. Export a network of dense layers.");
        }
        flat = true;
    }

    private IActivation activation(NodeProto node, String place) {
        return switch (node.getOpType()) {
            case "Relu" -> new ActivationReLU();
            case "LeakyRelu" -> new ActivationLReLU(number(node, "alpha", 0.01f));
            case "Elu" -> new ActivationELU(number(node, "alpha", 1));
            case "Selu" -> selu(node, place);
            case "Sigmoid" -> new ActivationSigmoid();
            case "HardSigmoid" -> hardSigmoid(node, place);
            case "Tanh" -> new ActivationTanH();
            case "Softplus" -> new ActivationSoftPlus();
            case "Softsign" -> new ActivationSoftSign();
            case "Softmax" -> softmax(node, place);
            default ->
                throw new RefusedModelException(
                        place + " is an operator that is not supported. Export a network of dense"
                                + " layers (docs/models.md names the operators), or import it from Keras.");
        };
    }

    private IActivation selu(NodeProto node, String place) {
        requireAttribute(node, place, "alpha", Math.abs(number(node, "alpha", (float) SELU_ALPHA) - SELU_ALPHA) < NEAR);
        requireAttribute(node, place, "gamma", Math.abs(number(node, "gamma", (float) SELU_GAMMA) - SELU_GAMMA) < NEAR);
        return new ActivationSELU();
    }

    private IActivation hardSigmoid(NodeProto node, String place) {
        requireAttribute(node, place, "alpha", Math.abs(number(node, "alpha", 0.2f) - 0.2) < NEAR);
        requireAttribute(node, place, "beta", Math.abs(number(node, "beta", 0.5f) - 0.5) < NEAR);
        return new ActivationHardSigmoid();
    }

    private IActivation softmax(NodeProto node, String place) {
        long axis = integer(node, "axis", version < AXIS_BY_DEFAULT_SINCE ? 1 : -1);
        requireAttribute(node, place, "axis", axis == 1 || axis == -1);
        return new ActivationSoftmax();
    }

    private void requireFirst(NodeProto node, String place, String value) {
        if (!node.getInput(0).equals(value)) {
            throw new RefusedModelException(place + " takes the value '" + OnnxGraph.shown(value)
                    + "' elsewhere than first, which is not supported. Export a plain feed-forward network.");
        }
    }

    private static void requireAttribute(NodeProto node, String place, String name, boolean supported) {
        if (!supported) {
            throw new RefusedModelException(place + " has a " + name + " that is not supported for "
                    + OnnxGraph.shown(node.getOpType()) + " (docs/models.md). Export a plain feed-forward network.");
        }
    }

    private OnnxTensor matrix(NodeProto node, String place, int input) {
        OnnxTensor tensor = constant(node, place, input);
        if (!tensor.isFloats() || tensor.shape().length != 2 || tensor.count() == 0) {
            throw new RefusedModelException(place + " takes '" + tensor.name() + "', "
                    + OnnxTensor.typeName(tensor.type()) + " of " + Arrays.toString(tensor.shape())
                    + ", where a matrix of floats is supported. Export it with float weights.");
        }
        return tensor;
    }

    private OnnxTensor constant(NodeProto node, String place, int input) {
        OnnxTensor tensor = input < node.getInputCount() ? graph.constant(node.getInput(input)) : null;
        if (tensor == null) {
            throw new RefusedModelException(place + " has no constant as its input " + input
                    + ", which is not supported. Export a plain feed-forward network with its weights.");
        }
        return tensor;
    }

    private static String place(NodeProto node) {
        String name = node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
        return "its " + OnnxGraph.shown(node.getOpType()) + " '" + OnnxGraph.shown(name) + "'";
    }

    private static long integer(NodeProto node, String name, long otherwise) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals(name)) {
                return attribute.getI();
            }
        }
        return otherwise;
    }

    private static float number(NodeProto node, String name, float otherwise) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals(name)) {
                return attribute.getF();
            }
        }
        return otherwise;
    }

    private static float[] negated(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        return values;
    }

    private static float[] inverted(String place, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                throw new RefusedModelException(place + " divides by zero. Train the model again.");
            }
            values[i] = 1 / values[i];
        }
        return values;
    }

    private static float[] filled(int width, float value) {
        float[] values = new float[width];
        Arrays.fill(values, value);
        return values;
    }
}

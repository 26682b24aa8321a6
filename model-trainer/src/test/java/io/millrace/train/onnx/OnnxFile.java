/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Writes small ONNX files: the input is {@code x}, each node takes the value before and constants. */
final class OnnxFile {

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    private final long opset;
    private String value = "x";

    OnnxFile(long opset, long... rowShape) {
        this.opset = opset;
        graph.addInput(value("x", TensorProto.DataType.FLOAT, rowShape));
    }

    GraphProto.Builder graph() {
        return graph;
    }

    static ValueInfoProto value(String name, TensorProto.DataType type, long... rowShape) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"));
        for (long size : rowShape) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    /** A node that takes the value before first, then constants of these names. */
    OnnxFile then(String operator, List<String> constants, AttributeProto... attributes) {
        return node(operator, value, constants, attributes);
    }

    OnnxFile node(String operator, String first, List<String> others, AttributeProto... attributes) {
        value = "v" + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setName(operator.toLowerCase(java.util.Locale.ROOT) + graph.getNodeCount())
                .setOpType(operator)
                .addInput(first)
                .addAllInput(others)
                .addOutput(value)
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    OnnxFile raw(NodeProto node) {
        graph.addNode(node);
        value = node.getOutput(0);
        return this;
    }

    /** A constant with its values as raw bytes, or, with {@code listed}, as a list. */
    OnnxFile floats(String name, boolean listed, float[] values, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        for (long size : shape) {
            tensor.addDims(size);
        }
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : values) {
            raw.putFloat(one);
            if (listed) {
                tensor.addFloatData(one);
            }
        }
        if (!listed) {
            tensor.setRawData(ByteString.copyFrom(raw.array()));
        }
        graph.addInitializer(tensor);
        return this;
    }

    OnnxFile longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long one : values) {
            tensor.addInt64Data(one);
        }
        graph.addInitializer(tensor);
        return this;
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    byte[] bytes(long outputs) {
        if (graph.getOutputCount() == 0) {
            graph.addOutput(value(value, TensorProto.DataType.FLOAT, outputs));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    Path write(Path file, long outputs) throws IOException {
        return Files.write(file, bytes(outputs));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import io.millrace.model.ModelException;
import io.millrace.train.network.RefusedModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.TensorProto;

/**
 * A constant of an ONNX file.
 *
 * @param shape its dimensions; none for a single number
 * @param floats its values, row-major, where it is of floats
 * @param longs its values where it is of 64-bit integers
 */
record OnnxTensor(String name, int type, long[] shape, float[] floats, long[] longs) {

    private static final long MOST_VALUES = 50_000_000;

    static OnnxTensor of(TensorProto tensor) {
        String name = OnnxGraph.shown(tensor.getName());
        if (tensor.getExternalDataCount() > 0 || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new RefusedModelException("its tensor '" + name
                    + "' lies in another file, which is not supported. Save the model as one file.");
        }
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        int count = count(name, shape);
        float[] floats = new float[0];
        long[] longs = new long[0];
        if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
            floats = floats(name, tensor, count);
        } else if (tensor.getDataType() == TensorProto.DataType.INT64_VALUE) {
            longs = longs(name, tensor, count);
        }
        return new OnnxTensor(name, tensor.getDataType(), shape, floats, longs);
    }

    /** Checked before anything is allocated. */
    private static int count(String name, long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || size > MOST_VALUES || count * size > MOST_VALUES) {
                throw new RefusedModelException(
                        ModelException.Code.PARAMETERS,
                        "its tensor '" + name + "' claims a dimension of " + size + ", at most " + MOST_VALUES
                                + " values are read. Use a smaller network.");
            }
            count *= size;
        }
        return (int) count;
    }

    private static float[] floats(String name, TensorProto tensor, int count) {
        List<Float> list = tensor.getFloatDataList();
        ByteBuffer raw = raw(tensor);
        int found = list.isEmpty() ? raw.remaining() / Float.BYTES : list.size();
        requireCount(name, count, found, list.isEmpty() && raw.remaining() % Float.BYTES != 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = list.isEmpty() ? raw.getFloat() : list.get(i);
            if (!Float.isFinite(values[i])) {
                throw new RefusedModelException(
                        ModelException.Code.NON_FINITE,
                        "its tensor '" + name + "' has the value " + values[i] + ". Train the model again.");
            }
        }
        return values;
    }

    private static long[] longs(String name, TensorProto tensor, int count) {
        List<Long> list = tensor.getInt64DataList();
        ByteBuffer raw = raw(tensor);
        int found = list.isEmpty() ? raw.remaining() / Long.BYTES : list.size();
        requireCount(name, count, found, list.isEmpty() && raw.remaining() % Long.BYTES != 0);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = list.isEmpty() ? raw.getLong() : list.get(i);
        }
        return values;
    }

    private static ByteBuffer raw(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireCount(String name, int claimed, int found, boolean torn) {
        if (claimed != found || torn) {
            throw new RefusedModelException(
                    ModelException.Code.PARAMETERS,
                    "its tensor '" + name + "' has a shape of " + claimed + " values and " + found
                            + " of them. Export the model again.");
        }
    }

    boolean isFloats() {
        return type == TensorProto.DataType.FLOAT_VALUE;
    }

    /** How many values there are. */
    int count() {
        return isFloats() ? floats.length : longs.length;
    }

    /** The numbers for a row of a width: one for all of them, or one for each. */
    float[] broadcast(String node, int width) {
        boolean row = shape.length == 0 || shape[shape.length - 1] == floats.length;
        if (!isFloats() || !row || floats.length != 1 && floats.length != width) {
            throw new RefusedModelException(node + " takes '" + name + "', " + typeName(type) + " of "
                    + java.util.Arrays.toString(shape) + ", where one float or " + width
                    + " floats are supported. Export a plain feed-forward network.");
        }
        float[] values = new float[width];
        for (int i = 0; i < width; i++) {
            values[i] = floats[floats.length == 1 ? 0 : i];
        }
        return values;
    }

    /** ONNX's name for an element type. */
    static String typeName(int type) {
        TensorProto.DataType known = TensorProto.DataType.forNumber(type);
        return known == null ? "type " + type : known.name().toLowerCase(java.util.Locale.ROOT);
    }
}

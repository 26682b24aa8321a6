/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.train.network.RefusedModelException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** The configuration and the weights in an {@code .h5} file, read with the HDF5 library itself. */
final class HdfFile implements AutoCloseable {

    private static final String WEIGHTS = "model_weights";
    private static final long MOST_VALUES = 50_000_000;
    private static final int MOST_OBJECTS = 64;
    private static final int MOST_DEPTH = 5;

    private final H5File file;

    HdfFile(Path file) {
        this.file = new H5File(file.toString(), hdf5.H5F_ACC_RDONLY);
    }

    /** What Keras says of the model. */
    JsonNode configuration() throws IOException {
        if (!file.attrExists("model_config")) {
            throw new RefusedModelException(
                    "it holds weights only, no model_config. Save the whole model with model.save('model.h5').");
        }
        return new ObjectMapper().readTree(text("model_config"));
    }

    /** The version of Keras that saved the file; empty where it does not say. */
    String version() {
        return file.attrExists("keras_version") ? text("keras_version") : "";
    }

    /** The arrays of a layer by Keras's name for them ({@code kernel}), none of them read yet: their paths. */
    Map<String, String> arrays(String layer) {
        Map<String, String> found = new TreeMap<>();
        if (file.nameExists(WEIGHTS)) {
            try (Group all = file.openGroup(WEIGHTS)) {
                if (all.nameExists(layer)) {
                    collect(WEIGHTS + '/' + layer, layer, 0, found);
                }
            }
        }
        return found;
    }

    private void collect(String path, String layer, int depth, Map<String, String> found) {
        try (Group group = file.openGroup(path)) {
            long objects = group.getNumObjs();
            if (objects > MOST_OBJECTS || depth > MOST_DEPTH) {
                throw new RefusedModelException(
                        "layer '" + layer + "' has more arrays than a layer has. Save it again.");
            }
            for (long i = 0; i < objects; i++) {
                String name = group.getObjnameByIdx(i).getString(StandardCharsets.UTF_8);
                String place = path + '/' + name;
                if (group.childObjType(name) == hdf5.H5O_TYPE_GROUP) {
                    collect(place, layer, depth + 1, found);
                } else if (found.put(name.replaceFirst(":\\d+$", ""), place) != null) {
                    throw new RefusedModelException(
                            "layer '" + layer + "' has two arrays called " + name + ". Save the model again.");
                }
            }
        }
    }

    /** The values of an array, row-major, if it has that shape. */
    float[] values(String path, String layer, long... shape) {
        try (DataSet set = file.openDataSet(path);
                DataSpace space = set.getSpace()) {
            long[] found = new long[Math.max(0, space.getSimpleExtentNdims())];
            if (found.length > 0) {
                space.getSimpleExtentDims(found);
            }
            long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (!Arrays.equals(found, shape) || count > MOST_VALUES) {
                throw new RefusedModelException("layer '" + layer + "' has an array of shape " + Arrays.toString(found)
                        + " where its configuration wants " + Arrays.toString(shape) + ". Save the model again.");
            }
            float[] values = new float[(int) count];
            try (FloatPointer memory = new FloatPointer(count)) {
                set.read(memory, PredType.NATIVE_FLOAT());
                FloatBuffer buffer = memory.asBuffer();
                buffer.get(values);
            }
            return values;
        }
    }

    /** Of fixed length, padded, or of variable length: the library makes one text of both. */
    private String text(String name) {
        try (Attribute attribute = file.openAttribute(name);
                StrType type = attribute.getStrType()) {
            boolean variable = type.isVariableStr();
            try (BytePointer memory = new BytePointer(variable ? 1 : type.getSize())) {
                attribute.read(type, memory);
                return memory.getString(StandardCharsets.UTF_8).replaceFirst("[\\x00 ]+$", "");
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}

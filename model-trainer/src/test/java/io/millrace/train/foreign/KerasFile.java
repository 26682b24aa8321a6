/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.H5Object;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Writes {@code .h5} files as Keras 2 lays them out: the model's configuration, and one group of weights a layer. */
public final class KerasFile {

    private KerasFile() {}

    /**
     * Writes a model.
     *
     * @param type {@code Sequential}, or another kind
     * @param layers the JSON of its layers, with commas between
     * @param weights by layer, then by name: {@code kernel} of two dimensions, others of one
     */
    static Path write(Path file, String type, String layers, Map<String, Map<String, float[][]>> weights) {
        Map<String, Map<String, Weights>> all = new LinkedHashMap<>();
        weights.forEach((layer, arrays) -> {
            Map<String, Weights> shaped = new LinkedHashMap<>();
            arrays.forEach((name, rows) -> shaped.put(name, Weights.of(name, rows)));
            all.put(layer, shaped);
        });
        return write(file, type, "{\"name\": \"sequential\", \"layers\": [" + layers + "]}", "2.3.1", all);
    }

    /**
     * An array of weights.
     *
     * @param values row-major
     */
    public record Weights(float[] values, long... shape) {
        private static Weights of(String name, float[][] rows) {
            float[] flat = new float[rows.length * rows[0].length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
            }
            return name.equals("kernel")
                    ? new Weights(flat, rows.length, rows[0].length)
                    : new Weights(flat, rows[0].length);
        }
    }

    /**
     * Writes a model.
     *
     * @param type {@code Sequential}, {@code Functional} or another kind
     * @param config the JSON of its configuration
     * @param version of Keras
     * @param weights by layer, then by name
     */
    public static Path write(
            Path file, String type, String config, String version, Map<String, Map<String, Weights>> weights) {
        try (H5File root = new H5File(file.toString(), hdf5.H5F_ACC_TRUNC)) {
            text(root, "model_config", "{\"class_name\": \"" + type + "\", \"config\": " + config + "}");
            longText(root, "keras_version", version);
            text(root, "backend", "tensorflow");
            try (Group all = root.createGroup("model_weights")) {
                text(all, "keras_version", version);
                text(all, "backend", "tensorflow");
                weights.forEach((layer, arrays) -> layer(all, layer, arrays));
            }
        }
        return file;
    }

    private static void layer(Group all, String name, Map<String, Weights> arrays) {
        try (Group outer = all.createGroup(name);
                Group inner = outer.createGroup(name)) {
            names(
                    outer,
                    arrays.keySet().stream()
                            .sorted()
                            .map(each -> name + '/' + each + ":0")
                            .toList());
            arrays.forEach((array, values) -> array(inner, array + ":0", values));
        }
    }

    private static void array(Group group, String name, Weights weights) {
        long[] shape = weights.shape();
        try (DataSpace space = new DataSpace(shape.length, shape);
                DataSet set = group.createDataSet(name, PredType.NATIVE_FLOAT(), space);
                FloatPointer values = new FloatPointer(weights.values())) {
            set.write(values, PredType.NATIVE_FLOAT());
        }
    }

    private static void names(Group group, List<String> names) {
        int longest = names.stream().mapToInt(String::length).max().orElse(1);
        byte[] padded = new byte[longest * names.size()];
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(name, 0, padded, i * longest, name.length);
        }
        try (StrType type = new StrType(PredType.C_S1(), longest);
                DataSpace space = new DataSpace(1, new long[] {names.size()});
                BytePointer bytes = new BytePointer(padded);
                Attribute attribute = group.createAttribute("weight_names", type, space)) {
            attribute.write(type, bytes);
        }
    }

    /** As newer versions of h5py write texts: of variable length. */
    private static void longText(H5Object object, String name, String value) {
        try (StrType type = new StrType(PredType.C_S1(), hdf5.H5T_VARIABLE);
                DataSpace scalar = new DataSpace(hdf5.H5S_SCALAR);
                Attribute attribute = object.createAttribute(name, type, scalar)) {
            attribute.write(type, value);
        }
    }

    private static void text(H5Object object, String name, String value) {
        try (BytePointer bytes = new BytePointer(value);
                StrType type = new StrType(PredType.C_S1(), bytes.limit());
                DataSpace scalar = new DataSpace(hdf5.H5S_SCALAR);
                Attribute attribute = object.createAttribute(name, type, scalar)) {
            attribute.write(type, bytes);
        }
    }
}

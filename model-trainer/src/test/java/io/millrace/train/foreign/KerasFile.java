/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
final class KerasFile {

    private KerasFile() {}

    /**
     * Writes a model.
     *
     * @param type {@code Sequential}, or another kind
     * @param layers the JSON of its layers, with commas between
     * @param weights by layer, then by name: {@code kernel} of two dimensions, others of one
     */
    static Path write(Path file, String type, String layers, Map<String, Map<String, float[][]>> weights) {
        try (H5File root = new H5File(file.toString(), hdf5.H5F_ACC_TRUNC)) {
            text(
                    root,
                    "model_config",
                    "{\"class_name\": \"" + type + "\", \"config\": {\"name\": \"sequential\", \"layers\": [" + layers
                            + "]}}");
            text(root, "keras_version", "2.3.1");
            text(root, "backend", "tensorflow");
            try (Group all = root.createGroup("model_weights")) {
                text(all, "keras_version", "2.3.1");
                text(all, "backend", "tensorflow");
                weights.forEach((layer, arrays) -> layer(all, layer, arrays));
            }
        }
        return file;
    }

    private static void layer(Group all, String name, Map<String, float[][]> arrays) {
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

    private static void array(Group group, String name, float[][] rows) {
        long[] shape = rows.length == 1 ? new long[] {rows[0].length} : new long[] {rows.length, rows[0].length};
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        try (DataSpace space = new DataSpace(shape.length, shape);
                DataSet set = group.createDataSet(name, PredType.NATIVE_FLOAT(), space);
                FloatPointer values = new FloatPointer(flat)) {
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

    private static void text(H5Object object, String name, String value) {
        try (BytePointer bytes = new BytePointer(value);
                StrType type = new StrType(PredType.C_S1(), bytes.limit());
                DataSpace scalar = new DataSpace(hdf5.H5S_SCALAR);
                Attribute attribute = object.createAttribute(name, type, scalar)) {
            attribute.write(type, bytes);
        }
    }
}

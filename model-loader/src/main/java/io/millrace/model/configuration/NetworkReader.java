/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import io.millrace.model.network.Coefficients;
import io.millrace.model.network.Network;
import io.millrace.model.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a network; refuses before it allocates. */
public final class NetworkReader {

    /** The most weights that a network may have. */
    public static final long MAX_PARAMETERS = Places.MAX_PARAMETERS;

    private static final String FILE = "configuration.json";

    private NetworkReader() {}

    /**
     * The network of a configuration in DL4J's JSON and of coefficients in ND4J's binary format.
     *
     * @param inputs the shapes of its inputs, in DL4J's order
     */
    public static Network read(byte[] configuration, byte[] coefficients, List<Shape> inputs) {
        JsonObject root = JsonText.object(FILE, configuration);
        return read(root, coefficients, inputs);
    }

    /** The same of a network whose first layer says how wide the one row is that enters it. */
    public static Network read(byte[] configuration, byte[] coefficients) {
        JsonObject root = JsonText.object(FILE, configuration);
        if (root.has("vertices")) {
            throw root.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "vertices",
                    "make a graph, which does not say what shapes enter it. Save a MultiLayerNetwork that starts with a"
                            + " dense layer, or write a bundle with the shapes of its inputs");
        }
        return read(root, coefficients, List.of(SequentialReader.row(root)));
    }

    private static Network read(JsonObject root, byte[] coefficients, List<Shape> inputs) {
        checkDataType(root);
        boolean graph = root.has("vertices");
        Places places = new Places(inputs);
        Shape output = graph ? GraphReader.read(root, inputs, places) : SequentialReader.read(root, inputs, places);
        if (output instanceof Shape.Unrolled) {
            throw SupportedClasses.refuse(
                    "ends with the steps of a sequence one by one. Put the preprocessor behind that"
                            + " makes a sequence of them, or use RnnOutputLayer");
        }
        float[] weights = Coefficients.read(coefficients, places.checkSize());
        String text = new String(JsonText.bytes(root.tree()), StandardCharsets.UTF_8);
        return new Network(
                graph ? Network.Kind.GRAPH : Network.Kind.SEQUENTIAL,
                text,
                inputs,
                output,
                places.layers(),
                places.vocabularies(),
                weights);
    }

    /** Refuses numbers other than floats. */
    static void checkDataType(JsonObject object) {
        if (object.has("dataType") && !object.text("dataType").equals("FLOAT")) {
            throw object.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "dataType",
                    "is " + SupportedClasses.shown(object.text("dataType"))
                            + ", only FLOAT is supported. Convert the network to FLOAT");
        }
    }

    /** The layer in a configuration of one layer, of whose objects every class is on the list. */
    static JsonObject checkedLayer(JsonObject conf, String path) {
        checkDataType(conf);
        JsonObject layer = conf.object("layer");
        SupportedClasses.check(path + ".layer", layer.tree());
        for (String key : conf.keys()) {
            if (!key.equals("layer")) {
                SupportedClasses.check(path + "." + key, conf.tree().path(key));
            }
        }
        return layer;
    }

    /** Beside these keys, nothing at the root may be an object that DL4J could read as a class. */
    static void refuseOtherObjects(JsonObject root, List<String> known) {
        for (String key : root.keys()) {
            if (!known.contains(key)) {
                SupportedClasses.check(key, root.tree().path(key));
            }
        }
    }
}

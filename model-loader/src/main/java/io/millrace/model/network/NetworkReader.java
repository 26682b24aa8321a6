/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.network;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a network; refuses before it allocates. */
public final class NetworkReader {

    /** The most weights that a network may have. */
    public static final long MAX_PARAMETERS = 50_000_000;

    private static final String FILE = "configuration.json";
    private static final int MAX_LAYERS = 256;
    private static final Set<String> FLOATS = Set.of("FLOAT");

    private NetworkReader() {}

    /** The network of a configuration in DL4J's JSON and of coefficients in ND4J's binary format. */
    public static Network read(byte[] configuration, byte[] coefficients) {
        JsonObject root = JsonText.object(FILE, configuration);
        List<Layer> layers = layers(root);
        int parameters = countParameters(layers);
        float[] weights = Coefficients.read(coefficients, parameters);
        String text = new String(JsonText.bytes(root.tree()), StandardCharsets.UTF_8);
        return new Network(text, layers, weights);
    }

    private static List<Layer> layers(JsonObject root) {
        checkDataType(root);
        if (root.has("inputPreProcessors")
                && !root.object("inputPreProcessors").keys().isEmpty()) {
            throw root.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "inputPreProcessors",
                    "reshapes between layers, which is not supported yet: this version scores networks of dense layers."
                            + " Save the network without preprocessors");
        }
        List<JsonObject> confs = root.objects("confs");
        if (confs.isEmpty() || confs.size() > MAX_LAYERS) {
            throw root.refuse("confs", "has " + confs.size() + " layers, from 1 to " + MAX_LAYERS + " are read");
        }
        refuseOtherObjects(root);
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < confs.size(); i++) {
            layers.add(layer(confs.get(i), "confs." + i, layers));
        }
        return layers;
    }

    private static Layer layer(JsonObject conf, String path, List<Layer> before) {
        checkDataType(conf);
        JsonObject layer = conf.object("layer");
        SupportedClasses.check(path + ".layer", layer.tree());
        for (String key : conf.keys()) {
            if (!key.equals("layer")) {
                SupportedClasses.check(path + "." + key, conf.tree().path(key));
            }
        }
        int width = before.isEmpty() ? 0 : before.get(before.size() - 1).outputs();
        return LayerReader.read(layer, width);
    }

    /** Beside the layers, nothing at the root may be an object that DL4J could read as a class. */
    private static void refuseOtherObjects(JsonObject root) {
        for (String key : root.keys()) {
            if (!key.equals("confs") && !key.equals("inputPreProcessors")) {
                SupportedClasses.check(key, root.tree().path(key));
            }
        }
    }

    private static void checkDataType(JsonObject object) {
        if (object.has("dataType") && !FLOATS.contains(object.text("dataType"))) {
            throw object.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "dataType",
                    "is " + SupportedClasses.shown(object.text("dataType"))
                            + ", only FLOAT is supported. Convert the network to FLOAT");
        }
    }

    /** Our own arithmetic, checked for overflow, before anything is allocated. */
    private static int countParameters(List<Layer> layers) {
        long total = 0;
        for (Layer layer : layers) {
            total = Math.addExact(total, layer.parameters());
        }
        if (total > MAX_PARAMETERS) {
            throw new ModelException(
                    ModelException.Code.PARAMETERS,
                    FILE + ": its layers have " + total + " parameters, at most " + MAX_PARAMETERS
                            + " are read. Use a smaller network.");
        }
        return (int) total;
    }
}

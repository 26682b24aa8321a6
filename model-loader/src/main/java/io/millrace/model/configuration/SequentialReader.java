/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Shape;
import java.util.List;
import java.util.Set;

/** Reads a {@code MultiLayerConfiguration}: layers one after the other, reshaping before some of them. */
final class SequentialReader {

    private static final String LAYERS = "confs";
    private static final String PREPROCESSORS = "inputPreProcessors";
    private static final Set<String> ROW_LAYERS = Set.of("DenseLayer", "OutputLayer", "BatchNormalization");

    private SequentialReader() {}

    /** The row that enters, by what the first layer or its preprocessor says. */
    static Shape row(JsonObject root) {
        JsonObject layer = NetworkReader.checkedLayer(confs(root).get(0), LAYERS + ".0");
        if (root.has(PREPROCESSORS) && root.object(PREPROCESSORS).has("0")) {
            JsonObject preprocessor = preprocessor(root.object(PREPROCESSORS), "0");
            if (preprocessor.text("@class").endsWith(".FeedForwardToCnnPreProcessor")) {
                return PreprocessorReader.row(preprocessor);
            }
        } else if (ROW_LAYERS.contains(LayerReader.kind(layer))) {
            return new Shape.Row(Sizes.width(layer, "nin"));
        } else if (LayerReader.kind(layer).equals("EmbeddingLayer")) {
            return new Shape.Row(1);
        }
        throw layer.refuse(
                ModelException.Code.UNSUPPORTED,
                "@class",
                "does not say what shape enters the network. Start it with a dense layer, or write a bundle with the"
                        + " shapes of its inputs");
    }

    /** Reads all layers into their places; the shape that leaves the last. */
    static Shape read(JsonObject root, List<Shape> inputs, Places places) {
        List<JsonObject> confs = confs(root);
        NetworkReader.refuseOtherObjects(root, List.of(LAYERS, PREPROCESSORS));
        if (inputs.size() != 1) {
            throw root.refuse(
                    ModelException.Code.CONTENT,
                    LAYERS,
                    "are layers one after the other with one input, bundle.json has " + inputs.size()
                            + " inputs. Write the bundle again");
        }
        JsonObject preprocessors = root.has(PREPROCESSORS) ? root.object(PREPROCESSORS) : null;
        Shape shape = inputs.get(0);
        for (int i = 0; i < confs.size(); i++) {
            String place = String.valueOf(i);
            int input = i == 0 ? 0 : -1;
            if (preprocessors != null && preprocessors.has(place)) {
                Layer reshaping = PreprocessorReader.read(preprocessor(preprocessors, place), shape);
                places.add("before " + place, reshaping, -1);
                shape = reshaping.output();
                input = -1;
            }
            Layer layer = LayerReader.read(NetworkReader.checkedLayer(confs.get(i), LAYERS + "." + i), shape);
            places.add(place, layer, input);
            shape = layer.output();
        }
        if (preprocessors != null) {
            refuseStrayPreprocessors(preprocessors, confs.size());
        }
        return shape;
    }

    private static List<JsonObject> confs(JsonObject root) {
        List<JsonObject> confs = root.objects(LAYERS);
        if (confs.isEmpty() || confs.size() > Places.MAX_LAYERS) {
            throw root.refuse(LAYERS, "has " + confs.size() + " layers, from 1 to " + Places.MAX_LAYERS + " are read");
        }
        return confs;
    }

    private static JsonObject preprocessor(JsonObject preprocessors, String place) {
        JsonObject preprocessor = preprocessors.object(place);
        SupportedClasses.check(PREPROCESSORS + "." + place, preprocessor.tree());
        return preprocessor;
    }

    private static void refuseStrayPreprocessors(JsonObject preprocessors, int layers) {
        for (String key : preprocessors.keys()) {
            boolean known = key.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(key) < layers;
            if (!known) {
                throw SupportedClasses.refuse(PREPROCESSORS + " holds '" + SupportedClasses.shown(key)
                        + "', which is the number of no layer. Save the network with DL4J 1.0.0-M2.1");
            }
        }
    }
}

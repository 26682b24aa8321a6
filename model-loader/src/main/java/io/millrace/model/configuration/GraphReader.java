/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a {@code ComputationGraphConfiguration}: vertices, each fed by inputs of the network or by other vertices. */
final class GraphReader {

    private static final String VERTICES = "vertices";
    private static final String EDGES = "vertexInputs";
    private static final String DEFAULTS = "defaultConfiguration";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_ .:/-]{0,119}";

    private final JsonObject vertices;
    private final Map<String, List<String>> edges = new HashMap<>();
    private final List<String> inputs;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Places places;

    private GraphReader(JsonObject root, List<Shape> inputShapes, Places places) {
        this.vertices = root.object(VERTICES);
        this.inputs = root.texts("networkInputs");
        this.places = places;
        if (inputs.size() != inputShapes.size() || Set.copyOf(inputs).size() != inputs.size()) {
            throw root.refuse(
                    ModelException.Code.CONTENT,
                    "networkInputs",
                    "are " + inputs.size() + ", bundle.json has " + inputShapes.size()
                            + " inputs. Write the bundle again");
        }
        for (int i = 0; i < inputs.size(); i++) {
            shapes.put(inputs.get(i), inputShapes.get(i));
        }
    }

    /** Reads all vertices into their places; the shape of the one output. */
    static Shape read(JsonObject root, List<Shape> inputShapes, Places places) {
        NetworkReader.refuseOtherObjects(root, List.of(VERTICES, EDGES, DEFAULTS));
        checkDefaults(root);
        List<String> outputs = root.texts("networkOutputs");
        if (outputs.size() != 1) {
            throw root.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "networkOutputs",
                    "are " + outputs.size() + ", networks with one output are supported. Use such a network");
        }
        GraphReader reader = new GraphReader(root, inputShapes, places);
        reader.readEdges(root);
        reader.readVertices();
        Shape output = reader.shapes.get(outputs.get(0));
        if (output == null || reader.inputs.contains(outputs.get(0))) {
            throw root.refuse("networkOutputs", "name no vertex. Save the network with DL4J 1.0.0-M2.1");
        }
        return output;
    }

    /** What layers are made of that say nothing themselves: no layer. */
    private static void checkDefaults(JsonObject root) {
        if (!root.has(DEFAULTS)) {
            return;
        }
        JsonObject defaults = root.object(DEFAULTS);
        NetworkReader.checkDataType(defaults);
        for (String key : defaults.keys()) {
            SupportedClasses.check(DEFAULTS + "." + key, defaults.tree().path(key));
        }
    }

    private void readEdges(JsonObject root) {
        List<String> names = vertices.keys();
        if (names.isEmpty() || names.size() > Places.MAX_LAYERS) {
            throw root.refuse(VERTICES, "are " + names.size() + ", from 1 to " + Places.MAX_LAYERS + " are read");
        }
        JsonObject all = root.object(EDGES);
        for (String name : names) {
            if (!name.matches(NAME) || shapes.containsKey(name)) {
                throw SupportedClasses.refuse("has a vertex named '" + SupportedClasses.shown(name)
                        + "', which is the name of an input too, or no name. Save the network with DL4J 1.0.0-M2.1");
            }
            edges.put(name, all.texts(name));
        }
        for (String name : all.keys()) {
            if (!edges.containsKey(name)) {
                throw SupportedClasses.refuse(EDGES + " feeds '" + SupportedClasses.shown(name)
                        + "', which is no vertex. Save the network with DL4J 1.0.0-M2.1");
            }
        }
    }

    /** Each vertex once all that feeds it is read; what is never fed stands in a circle or nowhere. */
    private void readVertices() {
        Set<String> left = new LinkedHashSet<>(vertices.keys());
        boolean found = true;
        while (found) {
            found = false;
            for (String name : List.copyOf(left)) {
                if (shapes.keySet().containsAll(edges.getOrDefault(name, List.of()))) {
                    shapes.put(name, vertex(name));
                    left.remove(name);
                    found = true;
                }
            }
        }
        if (!left.isEmpty()) {
            throw SupportedClasses.refuse("the vertices " + left
                    + " are fed by each other or by nothing. Save the network with DL4J 1.0.0-M2.1");
        }
    }

    private Shape vertex(String name) {
        JsonObject vertex = vertices.object(name);
        List<String> feeding = edges.getOrDefault(name, List.of());
        List<Shape> before = new ArrayList<>();
        feeding.forEach(each -> before.add(shapes.get(each)));
        String type = vertex.text("@class");
        if (!type.equals(SupportedClasses.GRAPH + "LayerVertex")) {
            SupportedClasses.check(VERTICES + "." + name, vertex.tree());
            Layer joined = VertexReader.read(vertex, before, inputs);
            places.add(name, joined, -1);
            return joined.output();
        }
        return layer(name, vertex, before, feeding);
    }

    private Shape layer(String name, JsonObject vertex, List<Shape> before, List<String> feeding) {
        String path = VERTICES + "." + name;
        Shape shape = VertexReader.only(vertex, before);
        int input = inputs.indexOf(feeding.get(0));
        for (String key : vertex.keys()) {
            if (!key.equals("layerConf") && !key.equals("@class")) {
                SupportedClasses.check(path + "." + key, vertex.tree().path(key));
            }
        }
        if (vertex.has("preProcessor")) {
            Layer reshaping = PreprocessorReader.read(vertex.object("preProcessor"), shape);
            places.add("before " + name, reshaping, -1);
            shape = reshaping.output();
            input = -1;
        }
        JsonObject conf = NetworkReader.checkedLayer(vertex.object("layerConf"), path + ".layerConf");
        Layer layer = LayerReader.read(conf, shape);
        places.add(name, layer, input);
        return layer.output();
    }
}

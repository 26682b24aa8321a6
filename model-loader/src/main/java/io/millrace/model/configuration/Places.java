/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of a network as they are read, with what they need together; nothing is allocated for them. */
final class Places {

    /** The most weights that a network may have. */
    static final long MAX_PARAMETERS = 50_000_000;
    /** The most values that a network may make of one row, those under the windows of convolutions counted too. */
    static final long MAX_VALUES = 20_000_000;

    static final int MAX_LAYERS = 256;

    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final List<Shape> inputs;
    private final int[] vocabularies;
    private long parameters;
    private double values;

    Places(List<Shape> inputs) {
        this.inputs = inputs;
        this.vocabularies = new int[inputs.stream().mapToInt(Shape::values).sum()];
    }

    /**
     * Adds a layer.
     *
     * @param input which input of the network feeds it; -1: another layer does
     */
    void add(String place, Layer layer, int input) {
        layers.put(place, layer);
        parameters = Math.addExact(parameters, layer.parameters());
        values += layer.output().values();
        if (layer instanceof Layer.Shaped shaped && shaped.kind().startsWith("Convolution")) {
            double window = (double) layer.parameters() / layer.output().channels();
            values += window * layer.output().values() / layer.output().channels();
        }
        if (layer instanceof Layer.Embedding embedding) {
            note(place, embedding, input);
        }
    }

    private void note(String place, Layer.Embedding embedding, int input) {
        if (input < 0) {
            throw SupportedClasses.refuse(place + " looks up what another layer gives, which may be any number. An"
                    + " embedding must stand directly behind an input");
        }
        int from = 0;
        for (int i = 0; i < input; i++) {
            from += inputs.get(i).values();
        }
        for (int i = from; i < from + inputs.get(input).values(); i++) {
            boolean smaller = vocabularies[i] == 0 || embedding.vocabulary() < vocabularies[i];
            vocabularies[i] = smaller ? embedding.vocabulary() : vocabularies[i];
        }
    }

    Map<String, Layer> layers() {
        return layers;
    }

    int[] vocabularies() {
        return vocabularies;
    }

    /** How many weights there are; refuses networks that are too large. */
    int checkSize() {
        if (parameters > MAX_PARAMETERS) {
            throw new ModelException(
                    ModelException.Code.PARAMETERS,
                    "configuration.json: its layers have " + parameters + " parameters, at most " + MAX_PARAMETERS
                            + " are read. Use a smaller network.");
        }
        if (values > MAX_VALUES) {
            throw new ModelException(
                    ModelException.Code.PARAMETERS,
                    "configuration.json: its layers make " + Math.round(values) + " values of one row, at most "
                            + MAX_VALUES + " are read. Use a smaller network.");
        }
        return (int) parameters;
    }
}

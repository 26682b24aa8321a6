/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import io.millrace.model.ModelException;
import io.millrace.model.json.JsonObject;
import io.millrace.model.network.Activation;
import io.millrace.model.network.Layer;
import io.millrace.model.network.Shape;
import java.util.List;
import java.util.Set;

/** Reads vertices of a graph that are no layers: they join, pick or reshape values and have no weights. */
final class VertexReader {

    private static final Set<String> OPERATIONS = Set.of("Add", "Average", "Max", "Product", "Subtract");

    private VertexReader() {}

    /**
     * What the vertex makes of what reaches it.
     *
     * @param inputs the names of the network's inputs
     */
    static Layer read(JsonObject vertex, List<Shape> before, List<String> inputs) {
        String name = vertex.text("@class");
        String kind = name.startsWith(SupportedClasses.GRAPH) ? name.substring(SupportedClasses.GRAPH.length()) : name;
        Shape output = switch (kind) {
            case "MergeVertex" -> merged(vertex, before);
            case "ElementWiseVertex" -> elementwise(vertex, before);
            case "rnn.LastTimeStepVertex" -> last(vertex, before, inputs);
            case "ReshapeVertex" -> flattened(vertex, before);
            case "PreprocessorVertex" ->
                PreprocessorReader.read(vertex.object("preProcessor"), only(vertex, before))
                        .output();
            default ->
                throw SupportedClasses.refuse(
                        "has a vertex of class " + name + ", which is none. Save the network with DL4J 1.0.0-M2.1");
        };
        return new Layer.Shaped(kind, before.get(0), output, 0, Activation.IDENTITY);
    }

    /** The one shape that reaches a vertex. */
    static Shape only(JsonObject vertex, List<Shape> before) {
        if (before.size() != 1) {
            throw vertex.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "@class",
                    "takes one input, but " + before.size() + " feed it. Put a MergeVertex between");
        }
        return before.get(0);
    }

    /** Channels side by side. */
    private static Shape merged(JsonObject vertex, List<Shape> before) {
        if (vertex.has("mergeAxis") && vertex.integer("mergeAxis") != 1) {
            throw vertex.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "mergeAxis",
                    "is " + vertex.integer("mergeAxis") + ", only 1 is supported: channels, which stand first. Merge"
                            + " channels");
        }
        Shape first = first(vertex, before);
        long channels = 0;
        for (Shape shape : before) {
            if (!with(shape, 1).equals(with(first, 1))) {
                throw mismatch(vertex, first, shape);
            }
            channels += shape.channels();
        }
        int all = (int) Math.min(channels, Integer.MAX_VALUE);
        return Sizes.shape(vertex, "@class", () -> with(first, all));
    }

    private static Shape elementwise(JsonObject vertex, List<Shape> before) {
        String operation = vertex.text("op");
        if (!OPERATIONS.contains(operation) || (operation.equals("Subtract") && before.size() != 2)) {
            throw vertex.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "op",
                    "is " + SupportedClasses.shown(operation) + " of " + before.size()
                            + " inputs, supported are Add, Average, Max and Product, and Subtract of two. Use one of"
                            + " them");
        }
        Shape first = first(vertex, before);
        for (Shape shape : before) {
            if (!shape.equals(first)) {
                throw mismatch(vertex, first, shape);
            }
        }
        return first;
    }

    /** The newest step, or by the mask of an input the newest one that is there. */
    private static Shape last(JsonObject vertex, List<Shape> before, List<String> inputs) {
        if (vertex.has("maskArrayInputName") && !inputs.contains(vertex.text("maskArrayInputName"))) {
            throw vertex.refuse("maskArrayInputName", "names no input. Save the network with DL4J 1.0.0-M2.1");
        }
        return new Shape.Row(Sizes.sequence(vertex, only(vertex, before)).channels());
    }

    /** Reshaping into rows is supported, nothing else. */
    private static Shape flattened(JsonObject vertex, List<Shape> before) {
        Shape shape = only(vertex, before);
        int[] target = vertex.integers("newShape");
        boolean flat = target.length == 2
                && target[0] == -1
                && target[1] == shape.values()
                && !(shape instanceof Shape.Unrolled)
                && !vertex.has("maskShape")
                && vertex.text("reshapeOrder").equals("c");
        if (!flat) {
            throw vertex.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "newShape",
                    "does not make one row of values of shape " + shape.text()
                            + ", which is the only supported reshaping: [-1, " + shape.values()
                            + "] in order c without a mask. Reshape before the network");
        }
        return new Shape.Row(shape.values());
    }

    private static Shape first(JsonObject vertex, List<Shape> before) {
        if (before.isEmpty()) {
            throw vertex.refuse("@class", "is fed by nothing. Save the network with DL4J 1.0.0-M2.1");
        }
        return before.get(0);
    }

    private static ModelException mismatch(JsonObject vertex, Shape left, Shape right) {
        return vertex.refuse(
                ModelException.Code.PARAMETERS,
                "@class",
                "joins values of the shapes " + left.text() + " and " + right.text()
                        + ", which do not fit. Save the network with DL4J 1.0.0-M2.1");
    }

    /** The same shape with another number of channels. */
    private static Shape with(Shape shape, int channels) {
        if (shape instanceof Shape.Image image) {
            return new Shape.Image(image.height(), image.width(), channels);
        }
        if (shape instanceof Shape.Sequence sequence) {
            return new Shape.Sequence(sequence.steps(), channels);
        }
        return shape instanceof Shape.Unrolled steps
                ? new Shape.Unrolled(steps.steps(), channels)
                : new Shape.Row(channels);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.onnx;

import io.millrace.model.ModelException;
import io.millrace.model.network.Shape;
import io.millrace.train.network.Flow;
import io.millrace.train.network.ImportedNetwork;
import io.millrace.train.network.NetworkDraft;
import io.millrace.train.network.RefusedModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * A dense network in an ONNX file: one float input, one output, and between them a chain of operators that are all mapped by
 * us. What ONNX Runtime answers to random rows becomes the golden cases, so a mapping that is wrong cannot pass.
 */
public final class OnnxModel {

    private static final int MOST_BYTES = 256 << 20;
    private static final int MOST_NODES = 1_024;
    private static final long OLDEST = 7;
    private static final long NEWEST = 22;

    private OnnxModel() {}

    /** Reads the file; every refusal is a {@link RefusedModelException}. */
    public static ImportedNetwork read(Path file) throws IOException {
        byte[] bytes = bytes(file);
        ModelProto model = parse(bytes);
        long version = version(model);
        OnnxGraph graph = OnnxGraph.of(model.getGraph());
        LayerChain chain = chain(graph, version);
        List<LayerChain.Dense> layers = chain.layers();
        String words = "a chain of " + model.getGraph().getNodeCount() + " ONNX operators (opset " + version
                + ") mapped to " + layers.size() + " dense layers and checked against ONNX Runtime "
                + OnnxReference.version();
        return network(graph.inputWidth(), layers, words).withReference(OnnxReference.answers(bytes, graph));
    }

    private static ImportedNetwork network(int inputs, List<LayerChain.Dense> layers, String words) {
        NetworkDraft draft = new NetworkDraft();
        Flow flow = draft.input("rows", new Shape.Row(inputs));
        for (LayerChain.Dense dense : layers) {
            String name = draft.layer("dense", dense.layer(), flow, dense.weights());
            flow = Flow.of(name, new Shape.Row(dense.outputs()));
        }
        LayerChain.Dense last = layers.get(layers.size() - 1);
        return draft.assemble(flow, ImportedNetwork.task(last.activationName(), last.outputs()), words);
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new RefusedModelException(
                        ModelException.Code.TOO_LARGE,
                        "it has more than " + MOST_BYTES + " bytes. Make the network smaller.");
            }
            return bytes;
        }
    }

    private static ModelProto parse(byte[] bytes) {
        try {
            ModelProto model = ModelProto.parseFrom(bytes);
            if (model.hasGraph()) {
                return model;
            }
        } catch (InvalidProtocolBufferException torn) {
            throw notOnnx();
        }
        throw notOnnx();
    }

    private static RefusedModelException notOnnx() {
        return new RefusedModelException(
                ModelException.Code.ARCHIVE, "it is no whole ONNX model. Copy the file again, or export it again.");
    }

    /** The version of ONNX's own operators; other sets of operators may be named and must not be used. */
    private static long version(ModelProto model) {
        long version = 0;
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (OnnxGraph.isOnnx(set.getDomain())) {
                version = set.getVersion();
            }
        }
        if (version < OLDEST || version > NEWEST) {
            throw new RefusedModelException("it is written for opset " + version + " of ONNX, supported are " + OLDEST
                    + " to " + NEWEST + ". Export it for opset 13.");
        }
        return version;
    }

    private static LayerChain chain(OnnxGraph graph, long version) {
        if (graph.nodes().size() > MOST_NODES) {
            throw new RefusedModelException(
                    "its graph has " + graph.nodes().size() + " nodes, at most " + MOST_NODES + " are read.");
        }
        LayerChain chain = new LayerChain(graph.inputWidth());
        OnnxOperators operators = new OnnxOperators(graph, chain, version);
        String value = graph.input();
        for (NodeProto node : graph.nodes()) {
            value = operators.follow(node, value);
        }
        if (!value.equals(graph.output())) {
            throw new RefusedModelException(
                    "the chain of operators from its input ends at '" + OnnxGraph.shown(value) + "', its output is '"
                            + OnnxGraph.shown(graph.output()) + "'. Export a plain feed-forward network.");
        }
        return chain;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's network, whichever of its two kinds. */
interface RestoredNetwork extends AutoCloseable {

    /**
     * The one output, in the workspace.
     *
     * @param inputs one per input
     * @param masks one per input, null where nothing is padding; null: nothing is
     */
    INDArray output(INDArray[] inputs, @Nullable INDArray @Nullable [] masks, MemoryWorkspace workspace);

    @Override
    void close();

    static RestoredNetwork of(MultiLayerNetwork network) {
        return new RestoredNetwork() {
            @Override
            public INDArray output(
                    INDArray[] inputs, @Nullable INDArray @Nullable [] masks, MemoryWorkspace workspace) {
                return network.output(inputs[0], false, masks == null ? null : masks[0], null, workspace);
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }

    static RestoredNetwork of(ComputationGraph network) {
        return new RestoredNetwork() {
            @Override
            public INDArray output(
                    INDArray[] inputs, @Nullable INDArray @Nullable [] masks, MemoryWorkspace workspace) {
                return network.output(false, inputs, masks, null, workspace)[0];
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }
}

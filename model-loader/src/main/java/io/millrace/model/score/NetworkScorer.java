/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.backend.NativeBackend;
import io.millrace.model.network.Network;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network in DL4J, in micro-batches: one input array for its whole life, outputs in a workspace of its own, values
 * copied in bulk. Batches are padded to powers of two, so that ND4J meets few shapes.
 *
 * <p>From 8 rows on DL4J's matrix product orders its sums by the batch: rows agree with themselves in another batch to
 * 1e-6, not bit for bit.
 */
public final class NetworkScorer implements Scorer {

    private static final AtomicLong SCORERS = new AtomicLong();

    private final Network network;
    private final int maxBatch;
    private final MultiLayerNetwork dl4j;
    private final INDArray input;
    /** Views of the first 1, 2, 4 … rows; the last one is all of them. */
    private final INDArray[] batches;

    private final FloatBuffer inputValues;
    /** Workspaces belong to threads: the scoring thread gets one by this name, which no other scorer has. */
    private final String workspaceName = "MILLRACE_OUTPUT_" + SCORERS.incrementAndGet();

    private final WorkspaceConfiguration workspace;
    private final float[] columns;

    private NetworkScorer(Network network, int maxBatch) {
        this.network = network;
        this.maxBatch = maxBatch;
        this.dl4j = NetworkRestorer.restore(network);
        this.input = Nd4j.create(DataType.FLOAT, new long[] {maxBatch, network.inputs()}, 'c');
        this.batches = batches(input, maxBatch);
        this.inputValues = input.data().asNioFloat();
        this.workspace = workspace((long) maxBatch * network.outputs());
        this.columns = new float[maxBatch * network.outputs()];
    }

    /** Builds DL4J's network and arrays of native memory; close the scorer to give them back. */
    public static NetworkScorer open(Network network, int maxBatch) {
        return NativeBackend.with(() -> new NetworkScorer(network, maxBatch));
    }

    @Override
    public int inputs() {
        return network.inputs();
    }

    @Override
    public int outputs() {
        return network.outputs();
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public String engine() {
        return "DL4J";
    }

    @Override
    public boolean gainsFromBatches() {
        return true;
    }

    @Override
    public void score(float[] rows, int count, float[] outputs) {
        if (count == 0) {
            return;
        }
        inputValues.put(0, rows, 0, count * inputs());
        INDArray batch = batches[Integer.SIZE - Integer.numberOfLeadingZeros(count - 1)];
        try (MemoryWorkspace scope = Nd4j.getWorkspaceManager().getAndActivateWorkspace(workspace, workspaceName)) {
            copy(dl4j.output(batch, false, null, null, scope), count, outputs);
        }
    }

    /** Frees the native memory at once, instead of leaving it to the garbage collector; call it on the scoring thread. */
    @Override
    public void close() {
        dl4j.close();
        input.close();
        Nd4j.getWorkspaceManager()
                .destroyWorkspace(Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(workspace, workspaceName));
    }

    private void copy(INDArray result, int count, float[] outputs) {
        int width = outputs();
        FloatBuffer values = result.data().asNioFloat();
        if (result.ordering() == 'c' || width == 1) {
            values.get(values.position(), outputs, 0, count * width);
            return;
        }
        int height = result.rows();
        values.get(values.position(), columns, 0, height * width);
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < width; column++) {
                outputs[row * width + column] = columns[column * height + row];
            }
        }
    }

    private static INDArray[] batches(INDArray input, int maxBatch) {
        INDArray[] batches = new INDArray[Integer.SIZE - Integer.numberOfLeadingZeros(maxBatch - 1) + 1];
        for (int i = 0; i < batches.length; i++) {
            int rows = Math.min(1 << i, maxBatch);
            batches[i] = rows == maxBatch ? input : input.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all());
        }
        return batches;
    }

    private static WorkspaceConfiguration workspace(long values) {
        return WorkspaceConfiguration.builder()
                .initialSize(4096 + 2 * values * Float.BYTES)
                .policyAllocation(AllocationPolicy.STRICT)
                .policyLearning(LearningPolicy.NONE)
                .policySpill(SpillPolicy.EXTERNAL)
                .build();
    }
}

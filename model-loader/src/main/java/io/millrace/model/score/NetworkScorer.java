/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.backend.NativeBackend;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.network.Network;
import io.millrace.model.network.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network in DL4J, in micro-batches: one array per input for its whole life, outputs in a workspace of its own, values
 * copied in bulk. Batches are padded to powers of two with whatever rows stood there before, so that ND4J meets few shapes;
 * no row's outputs depend on another row.
 *
 * <p>From 8 rows on DL4J's matrix product orders its sums by the batch: rows agree with themselves in another batch to
 * 1e-6, not bit for bit.
 */
public final class NetworkScorer implements Scorer {

    private static final AtomicLong SCORERS = new AtomicLong();

    private final Network network;
    private final int maxBatch;
    private final RestoredNetwork dl4j;
    private final InputArray[] arrays;
    private final INDArray[] inputs;
    /** There for every batch or for none, so that a row's path never depends on its neighbours. */
    private final @Nullable INDArray @Nullable [] masks;

    /** Workspaces belong to threads: the scoring thread gets one by this name, which no other scorer has. */
    private final String workspaceName = "MILLRACE_OUTPUT_" + SCORERS.incrementAndGet();

    private final WorkspaceConfiguration workspace;
    private final float[] staged;

    private NetworkScorer(Network network, boolean[] padded, int maxBatch) {
        this.network = network;
        this.maxBatch = maxBatch;
        this.dl4j = NetworkRestorer.restore(network);
        List<Shape> shapes = network.inputShapes();
        this.arrays = new InputArray[shapes.size()];
        boolean masked = false;
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = new InputArray(shapes.get(i), padded[i], maxBatch);
            masked |= padded[i];
        }
        this.inputs = new INDArray[arrays.length];
        this.masks = masked && network.takesMasks() ? new INDArray[arrays.length] : null;
        this.workspace = workspace((long) maxBatch * network.outputs());
        this.staged = new float[maxBatch * network.outputs()];
    }

    /** Builds DL4J's network and arrays of native memory; close the scorer to give them back. */
    public static NetworkScorer open(Network network, int maxBatch) {
        return NativeBackend.with(() ->
                new NetworkScorer(network, new boolean[network.inputShapes().size()], maxBatch));
    }

    /** The same where features may be sequences: prepared rows then hold NaN at steps that are padding. */
    public static NetworkScorer open(Network network, InputLayout layout, int maxBatch) {
        List<NetworkInput> inputs = layout.inputs();
        boolean[] padded = new boolean[inputs.size()];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = inputs.get(i).ofSequences();
        }
        return NativeBackend.with(() -> new NetworkScorer(network, padded, maxBatch));
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
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        int from = 0;
        for (int i = 0; i < arrays.length; i++) {
            arrays[i].fill(rows, from, network.inputs(), count);
            inputs[i] = arrays[i].batch(size);
            if (masks != null) {
                masks[i] = arrays[i].mask(size);
            }
            from += network.inputShapes().get(i).values();
        }
        try (MemoryWorkspace scope = Nd4j.getWorkspaceManager().getAndActivateWorkspace(workspace, workspaceName)) {
            copy(dl4j.output(inputs, masks, scope), count, outputs);
        }
    }

    /** Frees the native memory at once, instead of leaving it to the garbage collector; call it on the scoring thread. */
    @Override
    public void close() {
        dl4j.close();
        for (InputArray array : arrays) {
            array.close();
        }
        Nd4j.getWorkspaceManager()
                .destroyWorkspace(Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(workspace, workspaceName));
    }

    private void copy(INDArray result, int count, float[] outputs) {
        int width = outputs();
        boolean rows = result.rank() == 2;
        if (rows && isColumns(result)) {
            copyColumns(result, count, outputs);
            return;
        }
        boolean inOrder = rows && result.stride(1) == 1 && result.stride(0) == width;
        FloatBuffer values = (inOrder ? result : result.dup('c')).data().asNioFloat();
        if (rows) {
            values.get(values.position(), outputs, 0, count * width);
        } else {
            values.get(values.position(), staged, 0, count * width);
            permute(count, outputs);
        }
    }

    /** Column by column, as matrix products come out. */
    private static boolean isColumns(INDArray result) {
        return result.stride(0) == 1 && result.stride(1) == result.rows() && result.columns() > 1;
    }

    private void copyColumns(INDArray result, int count, float[] outputs) {
        int width = outputs();
        int height = result.rows();
        FloatBuffer values = result.data().asNioFloat();
        values.get(values.position(), staged, 0, height * width);
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < width; column++) {
                outputs[row * width + column] = staged[column * height + row];
            }
        }
    }

    /** From DL4J's channels first to our channels last. */
    private void permute(int count, float[] outputs) {
        int width = outputs();
        int channels = network.outputShape().channels();
        int places = width / channels;
        for (int row = 0; row < count; row++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int place = 0; place < places; place++) {
                    outputs[row * width + place * channels + channel] = staged[row * width + channel * places + place];
                }
            }
        }
    }

    private static WorkspaceConfiguration workspace(long values) {
        return WorkspaceConfiguration.builder()
                .initialSize(4096 + 3 * values * Float.BYTES)
                .policyAllocation(AllocationPolicy.STRICT)
                .policyLearning(LearningPolicy.NONE)
                .policySpill(SpillPolicy.EXTERNAL)
                .build();
    }
}

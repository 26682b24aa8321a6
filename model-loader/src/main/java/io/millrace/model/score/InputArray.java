/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.network.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The native memory of one input for the whole life of a scorer, in DL4J's order: channels first. Our rows have them last;
 * they are permuted on the way in.
 */
final class InputArray implements AutoCloseable {

    private final Shape shape;
    private final int places;
    private final INDArray values;
    private final @Nullable INDArray mask;
    /** Views of the first 1, 2, 4 … rows; the last one is all of them. */
    private final INDArray[] batches;

    private final @Nullable INDArray[] masks;
    private final FloatBuffer memory;
    private final @Nullable FloatBuffer maskMemory;
    private final float[] staged;
    private final float[] stagedMask;

    /**
     * Takes the memory.
     *
     * @param padded whether steps may be padding
     */
    InputArray(Shape shape, boolean padded, int maxBatch) {
        this.shape = shape;
        this.places = shape.values() / shape.channels();
        this.values = Nd4j.create(DataType.FLOAT, dimensions(shape, maxBatch), 'c');
        this.mask = padded ? Nd4j.ones(DataType.FLOAT, maxBatch, places) : null;
        this.batches = batches(values, maxBatch);
        this.masks = mask == null ? new INDArray[batches.length] : batches(mask, maxBatch);
        this.memory = values.data().asNioFloat();
        this.maskMemory = mask == null ? null : mask.data().asNioFloat();
        this.staged = places == 1 ? new float[0] : new float[maxBatch * shape.values()];
        this.stagedMask = mask == null ? new float[0] : new float[maxBatch * places];
    }

    INDArray batch(int size) {
        return batches[size];
    }

    /** Which steps are there; null where nothing may be padding. */
    @Nullable
    INDArray mask(int size) {
        return masks[size];
    }

    /**
     * Copies rows in.
     *
     * @param from where this input starts in a row
     * @param width of a row, all inputs together
     */
    void fill(float[] rows, int from, int width, int count) {
        int size = shape.values();
        if (places == 1 && size == width) {
            memory.put(0, rows, 0, count * width);
            return;
        }
        for (int row = 0; row < count; row++) {
            if (places == 1) {
                memory.put(row * size, rows, row * width + from, size);
            } else {
                permute(rows, row * width + from, row);
            }
        }
        if (places > 1) {
            memory.put(0, staged, 0, count * size);
        }
        if (maskMemory != null) {
            maskMemory.put(0, stagedMask, 0, count * places);
        }
    }

    private void permute(float[] rows, int from, int row) {
        int channels = shape.channels();
        int to = row * shape.values();
        for (int place = 0; place < places; place++) {
            int at = from + place * channels;
            boolean there = mask == null || !Float.isNaN(rows[at]);
            for (int channel = 0; channel < channels; channel++) {
                staged[to + channel * places + place] = there ? rows[at + channel] : 0f;
            }
            if (mask != null) {
                stagedMask[row * places + place] = there ? 1f : 0f;
            }
        }
    }

    @Override
    public void close() {
        values.close();
        if (mask != null) {
            mask.close();
        }
    }

    private static long[] dimensions(Shape shape, int rows) {
        if (shape instanceof Shape.Sequence sequence) {
            return new long[] {rows, sequence.channels(), sequence.steps()};
        }
        if (shape instanceof Shape.Image image) {
            return new long[] {rows, image.channels(), image.height(), image.width()};
        }
        return new long[] {rows, shape.values()};
    }

    private static INDArray[] batches(INDArray whole, int maxBatch) {
        INDArray[] batches = new INDArray[Integer.SIZE - Integer.numberOfLeadingZeros(maxBatch - 1) + 1];
        INDArrayIndex[] part = new INDArrayIndex[whole.rank()];
        Arrays.fill(part, NDArrayIndex.all());
        for (int i = 0; i < batches.length; i++) {
            int rows = Math.min(1 << i, maxBatch);
            part[0] = NDArrayIndex.interval(0, rows);
            batches[i] = rows == maxBatch ? whole : whole.get(part);
        }
        return batches;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import org.jspecify.annotations.Nullable;

/**
 * What one hop remembers of one key: a block of entries per group, and the greatest time seen. It is changed in place by
 * the {@link HopProgram} that made it. Not thread-safe.
 */
public final class KeyState {

    /** The greatest time before anything was seen. */
    static final long NOTHING_SEEN = Long.MIN_VALUE;

    Block[] blocks;
    long greatestMillis;

    /** The program whose groups the blocks stand for, in its order; null after reading from bytes. */
    @Nullable
    HopProgram owner;

    /** A state in which nothing was seen; a program gives it its blocks. */
    public KeyState() {
        this(new Block[0], NOTHING_SEEN);
    }

    KeyState(Block[] blocks, long greatestMillis) {
        this.blocks = blocks;
        this.greatestMillis = greatestMillis;
    }

    /** A copy that shares nothing with this state. */
    public KeyState copy() {
        Block[] copies = new Block[blocks.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = blocks[i].copy();
        }
        KeyState copy = new KeyState(copies, greatestMillis);
        copy.owner = owner;
        return copy;
    }

    /** How many entries it holds, over all groups. */
    public int entries() {
        int entries = 0;
        for (Block block : blocks) {
            entries += block.size();
        }
        return entries;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.attribution;

import io.millrace.monitor.exact.StableHash;

/**
 * Which events are in a sample, by a hash of their ids: the same at any parallelism and in any replay.
 *
 * <p>FNV-1a over the characters, then the finaliser of MurmurHash3, so that ids that differ in one digit fall apart.
 */
public final class StableSample {

    private final long below;

    /** @param share of the events, from 0 to 1 */
    public StableSample(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, found " + share);
        }
        this.below = share == 1 ? Long.MAX_VALUE : (long) (share * 0x1p63);
    }

    public boolean holds(String id) {
        return below == Long.MAX_VALUE || StableHash.of(id) >>> 1 < below;
    }
}

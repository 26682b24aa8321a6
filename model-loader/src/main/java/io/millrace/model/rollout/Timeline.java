/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import io.millrace.pipeline.control.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Regimes by event time: each holds from its fence on, until the next one. Not thread-safe. */
public final class Timeline {

    /** The fence of the first regime: it holds from the beginning of time. */
    public static final long BEGINNING = Long.MIN_VALUE;

    private long[] fences;
    private final List<Regime> regimes = new ArrayList<>();

    public Timeline(Regime first) {
        this(BEGINNING, first);
    }

    /** The timeline of a model that scores nothing before its first fence. */
    Timeline(long fenceMillis, Regime first) {
        fences = new long[] {fenceMillis};
        regimes.add(first);
    }

    /** Whether any regime holds at this time: all models but those that came to a running pipeline score from the beginning. */
    public boolean covers(long eventTimeMillis) {
        return eventTimeMillis >= fences[0];
    }

    /** The regime of an event that is {@link #covers covered}. */
    public Regime at(long eventTimeMillis) {
        int last = fences.length - 1;
        while (eventTimeMillis < fences[last]) {
            last--;
        }
        return regimes.get(last);
    }

    public Regime latest() {
        return regimes.get(regimes.size() - 1);
    }

    public long latestFenceMillis() {
        return fences[fences.length - 1];
    }

    /** The champion before the latest one; null when there was no other. */
    public @Nullable Regime beforeLatestChampion() {
        for (int i = regimes.size() - 1; i >= 0; i--) {
            if (!regimes.get(i).champion().equals(latest().champion())) {
                return regimes.get(i);
            }
        }
        return null;
    }

    /** The latest regimes, newest first, at most so many. */
    public List<Regime> newest(int count) {
        List<Regime> newest = new ArrayList<>(count);
        for (int i = regimes.size() - 1; i >= 0 && newest.size() < count; i--) {
            newest.add(regimes.get(i));
        }
        return newest;
    }

    void add(long fenceMillis, Regime regime) {
        if (fenceMillis <= latestFenceMillis()) {
            throw new IllegalArgumentException("fence " + fenceMillis + " is not after " + latestFenceMillis());
        }
        fences = Arrays.copyOf(fences, fences.length + 1);
        fences[fences.length - 1] = fenceMillis;
        regimes.add(regime);
    }
}

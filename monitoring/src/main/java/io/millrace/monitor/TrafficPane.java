/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.Prediction;

/**
 * What was seen of one window of event time: counts, and how long things took. Panes of the same window merge by addition,
 * so it does not matter how the stream was divided. Not thread-safe.
 */
public final class TrafficPane {

    final long windowStartMillis;
    final long[] missing;
    final Histogram latency;
    final Histogram lag;
    long predictions;
    long positives;
    long behindWatermark;
    long negativeTimes;

    /**
     * A pane in which nothing was seen.
     *
     * @param features how many features a vector has
     */
    public TrafficPane(long windowStartMillis, int features) {
        this(windowStartMillis, new long[features], new Histogram(), new Histogram());
    }

    TrafficPane(long windowStartMillis, long[] missing, Histogram latency, Histogram lag) {
        this.windowStartMillis = windowStartMillis;
        this.missing = missing;
        this.latency = latency;
        this.lag = lag;
    }

    /** Where the window of an event begins: windows are aligned to the epoch. */
    public static long windowStart(long eventTimeMillis, long windowMillis) {
        return Math.floorDiv(eventTimeMillis, windowMillis) * windowMillis;
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /**
     * Counts a prediction. Latency is from the record's Kafka timestamp to the score, lag from the Kafka timestamp to the
     * moment of reading; a time that runs backwards, between clocks that disagree, counts as 0 and is counted apart.
     */
    public void add(FeatureVector vector, Prediction prediction) {
        predictions++;
        if (Boolean.TRUE.equals(prediction.decision())) {
            positives++;
        }
        if (vector.behindWatermark()) {
            behindWatermark++;
        }
        double[] values = vector.values();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                missing[i]++;
            }
        }
        long writtenAtMillis = vector.event().raw().timestampMillis();
        addTime(latency, prediction.scoredAtMillis() - writtenAtMillis);
        addTime(lag, vector.event().ingestedAtMillis() - writtenAtMillis);
    }

    private void addTime(Histogram histogram, long millis) {
        histogram.add(millis);
        if (millis < 0) {
            negativeTimes++;
        }
    }

    /** Adds what another pane of the same window saw. */
    public void merge(TrafficPane other) {
        predictions += other.predictions;
        positives += other.positives;
        behindWatermark += other.behindWatermark;
        negativeTimes += other.negativeTimes;
        for (int i = 0; i < missing.length; i++) {
            missing[i] += other.missing[i];
        }
        latency.merge(other.latency);
        lag.merge(other.lag);
    }

    /** A pane that shares nothing with this one. */
    public TrafficPane copy() {
        TrafficPane copy = new TrafficPane(windowStartMillis, missing.length);
        copy.merge(this);
        return copy;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import io.millrace.monitor.part.PanePart;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.Prediction;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What passed in one window of event time, counted: predictions, decisions, missing values, scores, latency, lag.
 *
 * <p>Everything is an integer on fixed edges, so {@link #merge} is commutative and associative: any split of the events
 * over panes, merged in any order, gives the same bytes. Not thread-safe.
 *
 * <p>Latency is from the record's Kafka timestamp to its score, lag from the timestamp to the read; a record without a
 * timestamp (below zero) has neither.
 */
public final class TrafficPane implements PanePart<TrafficPane> {

    private final long windowStartMillis;
    final long[] missing;
    final DurationHistogram latency;
    final DurationHistogram lag;
    final ScoreHistogram scores;
    long predictions;
    long decided;
    long positives;
    long behindWatermark;

    /**
     * @param windowStartMillis inclusive, event time
     * @param features how many values each vector has
     */
    public TrafficPane(long windowStartMillis, int features) {
        this.windowStartMillis = windowStartMillis;
        this.missing = new long[features];
        this.latency = new DurationHistogram();
        this.lag = new DurationHistogram();
        this.scores = new ScoreHistogram();
    }

    private TrafficPane(TrafficPane other) {
        windowStartMillis = other.windowStartMillis;
        missing = other.missing.clone();
        latency = other.latency.copy();
        lag = other.lag.copy();
        scores = other.scores.copy();
        predictions = other.predictions;
        decided = other.decided;
        positives = other.positives;
        behindWatermark = other.behindWatermark;
    }

    /** The start of the tumbling window that holds this time; windows are aligned to the epoch, also before it. */
    public static long windowStart(long eventTimeMillis, long windowMillis) {
        return Math.floorDiv(eventTimeMillis, windowMillis) * windowMillis;
    }

    public long windowStartMillis() {
        return windowStartMillis;
    }

    /**
     * Counts one prediction.
     *
     * @throws IllegalArgumentException when the vector has another number of values than this pane has features
     */
    public void add(FeatureVector vector, Prediction prediction) {
        countMissing(vector.values());
        predictions++;
        if (vector.behindWatermark()) {
            behindWatermark++;
        }
        countDecision(prediction.decision());
        scores.add(prediction.score());
        long written = vector.event().raw().timestampMillis();
        if (written >= 0) {
            latency.add(prediction.scoredAtMillis() - written);
            lag.add(prediction.ingestedAtMillis() - written);
        }
    }

    private void countMissing(double[] values) {
        if (values.length != missing.length) {
            throw new IllegalArgumentException(
                    "a vector of " + values.length + " values does not fit a pane of " + missing.length + " features");
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                missing[i]++;
            }
        }
    }

    private void countDecision(@Nullable Boolean decision) {
        if (decision != null) {
            decided++;
            if (decision) {
                positives++;
            }
        }
    }

    /**
     * Adds what another pane of the same window counted; the other stays as it is.
     *
     * @throws IllegalArgumentException when the other is of another window or has another number of features
     */
    @Override
    public void merge(TrafficPane other) {
        checkAlike(other);
        for (int i = 0; i < missing.length; i++) {
            missing[i] += other.missing[i];
        }
        latency.merge(other.latency);
        lag.merge(other.lag);
        scores.merge(other.scores);
        predictions += other.predictions;
        decided += other.decided;
        positives += other.positives;
        behindWatermark += other.behindWatermark;
    }

    private void checkAlike(TrafficPane other) {
        if (windowStartMillis != other.windowStartMillis || missing.length != other.missing.length) {
            throw new IllegalArgumentException("a pane at " + other.windowStartMillis + " with "
                    + other.missing.length + " features does not merge into one at " + windowStartMillis + " with "
                    + missing.length);
        }
    }

    /** A pane of its own with the same counts. */
    @Override
    public TrafficPane copy() {
        return new TrafficPane(this);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        TrafficPaneCodec.write(this, out);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.quality;

import io.millrace.monitor.exact.BottomK;
import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.exact.StableHash;
import io.millrace.monitor.part.PanePart;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How many values of each feature were missing, outside of the reference's range, or not among its values; and which ids came. */
public final class QualityPane implements PanePart<QualityPane> {

    /** Ids of which repetitions are counted; exact up to as many. */
    static final int IDS = 4_096;

    /** Hashes from which different values are estimated: 4.4 % off at one standard error. */
    static final int VALUES = 512;

    private static final int VERSION = 1;
    private static final int MOST_FEATURES = 10_001;

    final long[] missing;
    final long[] outside;
    final long[] unseen;
    long rows;
    long newestEventMillis = Long.MIN_VALUE;
    long lastScoredMillis = Long.MIN_VALUE;
    private final long windowStartMillis;
    /** Null in the pane of a segment: what is repeated or how much is different is told of all events alone. */
    private final @Nullable BottomK ids;

    private final BottomK[] values;

    QualityPane(long windowStartMillis, int features, boolean sketched) {
        this(windowStartMillis, features, sketched ? new BottomK(IDS) : null, new BottomK[sketched ? features : 0]);
        for (int feature = 0; feature < values.length; feature++) {
            values[feature] = new BottomK(VALUES);
        }
    }

    private QualityPane(long windowStartMillis, int features, @Nullable BottomK ids, BottomK[] values) {
        this.windowStartMillis = windowStartMillis;
        this.missing = new long[features];
        this.outside = new long[features];
        this.unseen = new long[features];
        this.ids = ids;
        this.values = values;
    }

    long windowStartMillis() {
        return windowStartMillis;
    }

    void add(QualityLayout layout, double[] vector, String id, long eventMillis, long scoredMillis) {
        rows++;
        newestEventMillis = Math.max(newestEventMillis, eventMillis);
        lastScoredMillis = Math.max(lastScoredMillis, scoredMillis);
        for (int feature = 0; feature < missing.length; feature++) {
            double value = vector[feature];
            if (Double.isNaN(value)) {
                missing[feature]++;
            } else {
                outside[feature] += layout.isOutside(feature, value) ? 1 : 0;
                unseen[feature] += layout.isUnseen(feature, value) ? 1 : 0;
                if (values.length > 0) {
                    values[feature].add(StableHash.of(value));
                }
            }
        }
        if (ids != null) {
            ids.add(StableHash.of(id));
        }
    }

    @Nullable
    BottomK ids() {
        return ids;
    }

    /** How many different values a feature had; NaN in the pane of a segment. */
    double cardinality(int feature) {
        return values.length == 0 ? Double.NaN : values[feature].different();
    }

    @Override
    public void merge(QualityPane other) {
        if (missing.length != other.missing.length || (ids == null) != (other.ids == null)) {
            throw new IllegalArgumentException(
                    "a pane of " + other.missing.length + " features does not merge into one of " + missing.length);
        }
        rows += other.rows;
        newestEventMillis = Math.max(newestEventMillis, other.newestEventMillis);
        lastScoredMillis = Math.max(lastScoredMillis, other.lastScoredMillis);
        for (int feature = 0; feature < missing.length; feature++) {
            missing[feature] += other.missing[feature];
            outside[feature] += other.outside[feature];
            unseen[feature] += other.unseen[feature];
        }
        for (int feature = 0; feature < values.length; feature++) {
            values[feature].merge(other.values[feature]);
        }
        if (ids != null && other.ids != null) {
            ids.merge(other.ids);
        }
    }

    @Override
    public QualityPane copy() {
        QualityPane copy = new QualityPane(windowStartMillis, missing.length, ids != null);
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(windowStartMillis);
        CountCodec.write(missing.length, out);
        out.writeBoolean(ids != null);
        CountCodec.write(rows, out);
        out.writeLong(newestEventMillis);
        out.writeLong(lastScoredMillis);
        CountCodec.writeAll(missing, out);
        CountCodec.writeAll(outside, out);
        CountCodec.writeAll(unseen, out);
        for (BottomK feature : values) {
            feature.write(out);
        }
        if (ids != null) {
            ids.write(out);
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static QualityPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        long start = in.readLong();
        int features = CountCodec.readBelow(MOST_FEATURES, "number of features", in);
        boolean sketched = in.readBoolean();
        QualityPane read = new QualityPane(start, features, sketched);
        read.rows = CountCodec.read(in);
        read.newestEventMillis = in.readLong();
        read.lastScoredMillis = in.readLong();
        CountCodec.readAll(read.missing, in);
        CountCodec.readAll(read.outside, in);
        CountCodec.readAll(read.unseen, in);
        for (BottomK feature : read.values) {
            feature.merge(sketch(VALUES, in));
        }
        if (read.ids != null) {
            read.ids.merge(sketch(IDS, in));
        }
        return read;
    }

    private static BottomK sketch(int size, DataInput in) throws IOException {
        try {
            BottomK sketch = BottomK.read(in);
            new BottomK(size).merge(sketch);
            return sketch;
        } catch (IllegalArgumentException other) {
            throw new IOException("pane: " + other.getMessage() + ". The bytes are damaged", other);
        }
    }
}

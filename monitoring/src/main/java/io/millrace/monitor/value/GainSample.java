/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.value;

import io.millrace.monitor.exact.CountCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Scores of a window with what deciding positive would gain, all of them up to a limit, beyond it none. */
final class GainSample {

    static final Comparator<Row> BY_SCORE =
            Comparator.comparingDouble(Row::score).thenComparingDouble(Row::gain);

    private final int limit;
    private final List<Row> rows = new ArrayList<>();
    private long seen;

    GainSample(int limit) {
        this.limit = limit;
    }

    void add(double score, double gain) {
        seen++;
        if (seen <= limit) {
            rows.add(new Row(score, gain));
        } else {
            rows.clear();
        }
    }

    void merge(GainSample other) {
        seen += other.seen;
        if (seen <= limit) {
            rows.addAll(other.rows);
        } else {
            rows.clear();
        }
    }

    boolean isWhole() {
        return seen <= limit;
    }

    /** By ascending score; a list of its own. */
    List<Row> sorted() {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(BY_SCORE);
        return sorted;
    }

    void write(DataOutput out) throws IOException {
        CountCodec.write(seen, out);
        for (Row row : sorted()) {
            out.writeDouble(row.score);
            out.writeDouble(row.gain);
        }
    }

    void read(DataInput in) throws IOException {
        long all = CountCodec.read(in);
        for (long i = 0; i < all && all <= limit; i++) {
            double score = in.readDouble();
            add(score, ValuePaneCodec.summable(in.readDouble()));
        }
        seen = all;
    }

    /** @param gain what deciding positive is worth more than deciding negative */
    record Row(double score, double gain) {}
}

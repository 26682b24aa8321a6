/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.fairness;

import io.millrace.monitor.exact.CountCodec;
import io.millrace.monitor.part.PanePart;
import io.millrace.monitor.performance.binary.Confusion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Decisions against labels, by field and value. */
public final class FairnessPane implements PanePart<FairnessPane> {

    /** Values of one field that are told apart; the others are one. */
    static final int MOST_VALUES = 1_000;

    static final String OTHER = "(other)";

    private static final int VERSION = 1;
    private static final int MOST_FIELDS = 10_000;
    private static final int KINDS = 4;

    private final Map<String, Map<String, long[]>> fields = new TreeMap<>();

    void add(String field, String value, boolean decision, boolean positive) {
        counts(field, value)[decision ? (positive ? 0 : 1) : (positive ? 2 : 3)]++;
    }

    private long[] counts(String field, String value) {
        Map<String, long[]> values = fields.computeIfAbsent(field, any -> new TreeMap<>());
        long[] counts = values.get(value);
        if (counts == null) {
            String kept = values.size() < MOST_VALUES ? value : OTHER;
            counts = values.computeIfAbsent(kept, any -> new long[KINDS]);
        }
        return counts;
    }

    /** What was counted of each value of a field. */
    Collection<Confusion> groups(String field) {
        return fields.getOrDefault(field, Map.of()).values().stream()
                .map(counts -> new Confusion(counts[0], counts[1], counts[2], counts[3]))
                .toList();
    }

    @Override
    public void merge(FairnessPane other) {
        other.fields.forEach((field, values) -> values.forEach((value, counts) -> {
            long[] mine = counts(field, value);
            for (int kind = 0; kind < KINDS; kind++) {
                mine[kind] += counts[kind];
            }
        }));
    }

    @Override
    public FairnessPane copy() {
        FairnessPane copy = new FairnessPane();
        copy.merge(this);
        return copy;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        CountCodec.write(fields.size(), out);
        for (Map.Entry<String, Map<String, long[]>> field : fields.entrySet()) {
            out.writeUTF(field.getKey());
            CountCodec.write(field.getValue().size(), out);
            for (Map.Entry<String, long[]> value : field.getValue().entrySet()) {
                out.writeUTF(value.getKey());
                CountCodec.writeAll(value.getValue(), out);
            }
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static FairnessPane read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        FairnessPane pane = new FairnessPane();
        int fields = CountCodec.readBelow(MOST_FIELDS, "number of fields", in);
        for (int i = 0; i < fields; i++) {
            String field = in.readUTF();
            int values = CountCodec.readBelow(MOST_VALUES + 2, "number of values", in);
            for (int j = 0; j < values; j++) {
                CountCodec.readAll(pane.counts(field, in.readUTF()), in);
            }
        }
        return pane;
    }
}

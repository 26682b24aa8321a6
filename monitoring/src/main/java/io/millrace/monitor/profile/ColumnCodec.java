/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.monitor.exact.Edges;

/** One column as JSON, and back. Everything that is wrong is a {@link ProfileException} that names its place. */
final class ColumnCodec {

    private static final int MOST_BINS = 1_000;
    private static final int MOST_SAMPLED = 100_000;
    private static final int LONGEST_NAME = 200;
    private static final String EDGES = "edges";

    private final String place;
    private final JsonNode node;

    private ColumnCodec(String place, JsonNode node) {
        this.place = place;
        this.node = node;
    }

    static ObjectNode write(ColumnProfile column, ObjectNode node) {
        node.put("name", column.name());
        put(node, "least", column.least());
        put(node, "greatest", column.greatest());
        put(node, "mean", column.mean());
        put(node, "deviation", column.deviation());
        ArrayNode edges = node.putArray(EDGES);
        for (double border : column.borders()) {
            edges.add(border);
        }
        ArrayNode counts = node.putArray("counts");
        for (long count : column.counts()) {
            counts.add(count);
        }
        ArrayNode sample = node.putArray("sample");
        for (double value : column.sample()) {
            sample.add(value);
        }
        return node;
    }

    private static void put(ObjectNode node, String name, double number) {
        if (!Double.isNaN(number)) {
            node.put(name, number);
        }
    }

    static ColumnProfile read(String place, JsonNode node) {
        return new ColumnCodec(place, node).column();
    }

    private ColumnProfile column() {
        double[] edges = ascending(EDGES, MOST_BINS, true);
        long[] counts = counts(edges.length + 2);
        double deviation = number("deviation");
        if (deviation < 0) {
            throw refuse("deviation", "is " + deviation + ", expected 0 or more");
        }
        return new ColumnProfile(
                name(),
                number("least"),
                number("greatest"),
                number("mean"),
                deviation,
                Edges.of(edges),
                counts,
                ascending("sample", MOST_SAMPLED, false));
    }

    private String name() {
        JsonNode name = node.get("name");
        if (name == null || !name.isTextual() || name.textValue().length() > LONGEST_NAME) {
            throw refuse("name", "expected a text of at most " + LONGEST_NAME + " characters");
        }
        return name.textValue();
    }

    private double number(String key) {
        JsonNode number = node.get(key);
        if (number == null || number.isNull()) {
            return Double.NaN;
        }
        return finite(key, number);
    }

    private double finite(String key, JsonNode number) {
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            throw refuse(key, "expected a finite number, found " + ReferenceProfileCodec.found(number));
        }
        return number.doubleValue();
    }

    private double[] ascending(String key, int most, boolean strictly) {
        ArrayNode list = list(key, most);
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = finite(key + '[' + i + ']', list.get(i));
            if (i > 0 && (values[i] < values[i - 1] || strictly && values[i] == values[i - 1])) {
                throw refuse(key + '[' + i + ']', "is not above the one before");
            }
        }
        return values;
    }

    private long[] counts(int expected) {
        ArrayNode list = list("counts", expected);
        if (list.size() != expected) {
            throw refuse("counts", "has " + list.size() + " bins, its edges make " + expected);
        }
        long[] counts = new long[expected];
        for (int i = 0; i < expected; i++) {
            JsonNode count = list.get(i);
            if (!count.canConvertToLong() || !count.isIntegralNumber() || count.longValue() < 0) {
                throw refuse("counts[" + i + "]", "expected a count");
            }
            counts[i] = count.longValue();
        }
        return counts;
    }

    private ArrayNode list(String key, int most) {
        if (!(node.get(key) instanceof ArrayNode list)) {
            throw refuse(key, "expected a list, found " + ReferenceProfileCodec.found(node.get(key)));
        }
        if (list.size() > most) {
            throw refuse(key, "has " + list.size() + " values, at most " + most);
        }
        return list;
    }

    private ProfileException refuse(String key, String what) {
        return new ProfileException(place + '.' + key + ": " + what);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** A {@link ReferencePerformance} as JSON. */
final class PerformanceCodec {

    private static final String PLACE = "performance";
    private static final int MOST_KNOTS = 100_000;

    private PerformanceCodec() {}

    static ObjectNode write(ReferencePerformance performance, ObjectNode node) {
        node.put("rows", performance.rows());
        ArrayNode scores = node.putArray("scores");
        ArrayNode probabilities = node.putArray("probabilities");
        for (int knot = 0; knot < performance.scores().length; knot++) {
            scores.add(performance.scores()[knot]);
            probabilities.add(performance.probabilities()[knot]);
        }
        node.put("calibration_error", performance.calibrationError());
        ObjectNode metrics = node.putObject("metrics");
        for (Map.Entry<String, ReferencePerformance.Metric> each : new TreeMap<>(performance.metrics()).entrySet()) {
            metrics.putObject(each.getKey())
                    .put("value", each.getValue().value())
                    .put("deviation", each.getValue().deviation())
                    .put("low", each.getValue().low())
                    .put("high", each.getValue().high());
        }
        return node;
    }

    static ReferencePerformance read(JsonNode node) {
        double[] scores = list(node, "scores");
        double[] probabilities = list(node, "probabilities");
        if (scores.length == 0 || scores.length != probabilities.length) {
            throw refuse("scores", "has " + scores.length + " knots, probabilities has " + probabilities.length);
        }
        for (int knot = 0; knot < scores.length; knot++) {
            boolean ascends =
                    knot == 0 || scores[knot] > scores[knot - 1] && probabilities[knot] >= probabilities[knot - 1];
            if (!ascends || probabilities[knot] < 0 || probabilities[knot] > 1) {
                throw refuse("scores[" + knot + "]", "is no knot of a curve that never falls, from 0 to 1");
            }
        }
        JsonNode metrics = node.get("metrics");
        if (metrics == null || !metrics.isObject()) {
            throw refuse("metrics", "expected an object, found " + ReferenceProfileCodec.found(metrics));
        }
        Map<String, ReferencePerformance.Metric> read = new TreeMap<>();
        metrics.properties().forEach(each -> read.put(each.getKey(), metric(each.getKey(), each.getValue())));
        return new ReferencePerformance(
                (long) number(node, "rows"), scores, probabilities, number(node, "calibration_error"), read);
    }

    private static ReferencePerformance.Metric metric(String name, JsonNode node) {
        double deviation = number(node, "deviation");
        if (deviation < 0) {
            throw refuse("metrics." + name + ".deviation", "is " + deviation + ", expected 0 or more");
        }
        return new ReferencePerformance.Metric(
                number(node, "value"), deviation, number(node, "low"), number(node, "high"));
    }

    private static double[] list(JsonNode node, String key) {
        if (!(node.get(key) instanceof ArrayNode list) || list.size() > MOST_KNOTS) {
            throw refuse(key, "expected a list of at most " + MOST_KNOTS + " numbers");
        }
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = finite(key + '[' + i + ']', list.get(i));
        }
        return values;
    }

    private static double number(JsonNode node, String key) {
        return finite(key, node.path(key));
    }

    private static double finite(String key, JsonNode number) {
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            throw refuse(key, "expected a finite number, found " + ReferenceProfileCodec.found(number));
        }
        return number.doubleValue();
    }

    private static ProfileException refuse(String key, String what) {
        return new ProfileException(PLACE + '.' + key + ": " + what);
    }
}

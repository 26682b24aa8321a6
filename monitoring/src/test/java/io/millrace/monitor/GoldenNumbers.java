/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that numpy and scipy computed from the published formulas, and the scores they were computed from. */
public final class GoldenNumbers {

    public static final int ROWS = 2000;

    private static final double PHI = 0.6180339887498949;

    private static final String TEXT = text();

    private GoldenNumbers() {}

    public static double golden(String name) {
        Matcher matcher = Pattern.compile("\"" + Pattern.quote(name) + "\": ([-+0-9.eE]+|\"inf\")")
                .matcher(TEXT);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no golden number " + name);
        }
        return matcher.group(1).equals("\"inf\"") ? Double.POSITIVE_INFINITY : Double.parseDouble(matcher.group(1));
    }

    /** Calibrated scores. */
    public static double[] scores() {
        double[] scores = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            scores[i] = fraction((i + 1) * PHI);
        }
        return scores;
    }

    /** The same ranking, heavily skewed. */
    public static double[] skewed() {
        double[] scores = scores();
        for (int i = 0; i < ROWS; i++) {
            scores[i] = Math.pow(scores[i], 6);
        }
        return scores;
    }

    public static boolean[] labels() {
        double[] scores = scores();
        boolean[] labels = new boolean[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = fraction((i + 1) * Math.sqrt(2)) < scores[i];
        }
        return labels;
    }

    private static double fraction(double x) {
        return x - Math.floor(x);
    }

    private static String text() {
        try (InputStream in = GoldenNumbers.class.getResourceAsStream("golden_vectors.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

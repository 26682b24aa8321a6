/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.handbook;

import io.millrace.cli.handbook.Handbook.Chosen;
import io.millrace.schema.text.RecordText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares predictions with what the handbook expects: counts exactly, means and risks to 1e-6, scores to 1e-5. */
final class HandbookCheck {

    private static final double RELATIVE = 1e-6;
    private static final double SCORE = 1e-5;

    /** Two expected means are not the 0 that they should be but what the authors' running sums left over, below 2e-13. */
    private static final double RESIDUE = 1e-12;

    private static final int MOST_SHOWN = 20;

    /** Pairs of one customer in one second, which the authors' unstable sort swapped: their customer features differ. */
    private static final Set<Integer> TIES = Set.of(
            121453, 121454, 163831, 163832, 174806, 174807, 619758, 619759, 1240489, 1240490, 1350833, 1350834, 1472490,
            1472491, 1553976, 1553977, 1633924, 1633926, 1653669, 1653670);

    private final Chosen chosen;
    private final List<String> names;
    private final int[] slots;
    private final Map<String, double[]> features;
    private final Map<String, Double> scores;
    private final Set<String> seen = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int rows;
    private int values;
    private int scored;

    /** @param computed the names of the features in the predictions' vectors */
    HandbookCheck(Handbook handbook, Chosen chosen, List<String> computed) throws IOException {
        this.chosen = chosen;
        this.names = handbook.featureNames();
        this.slots = names.stream()
                .mapToInt(name -> computed.indexOf(nameHere(name)))
                .toArray();
        this.features = handbook.features();
        this.scores = handbook.scores();
    }

    /** {@code TERMINAL_ID_NB_TX_7DAY_WINDOW} is {@code terminal_count_7d} here. */
    private static String nameHere(String name) {
        return name.replace("TX_DURING_", "IS_")
                .replace("_ID_NB_TX_", "_COUNT_")
                .replace("_ID_AVG_AMOUNT_", "_MEAN_")
                .replace("_ID_RISK_", "_RISK_")
                .replace("DAY_WINDOW", "D")
                .toLowerCase(Locale.ROOT);
    }

    void see(ConsumerRecord<byte[], byte[]> record) {
        GenericRecord prediction = RecordText.read(record.value(), RecordText.contractOf(record.value()), true);
        String id = prediction.get("event_id").toString();
        if (!seen.add(id) || !chosen.all().contains(id)) {
            fault(id, "prediction", "a second one, or of nothing that was sent", "one");
        }
        if (!TIES.contains(Integer.parseInt(id))) {
            compareFeatures(id, (ByteBuffer) prediction.get("features"));
            compareScore(id, ((Number) prediction.get("score")).doubleValue());
        }
    }

    private void compareFeatures(String id, ByteBuffer vector) {
        double[] expected = features.get(id);
        if (expected == null) {
            return;
        }
        rows++;
        FloatBuffer floats = vector.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int i = 0; i < expected.length; i++) {
            float found = floats.get(slots[i]);
            String name = names.get(i);
            if (isWhole(id, name)) {
                values++;
                boolean counted = name.contains("_NB_TX_") || name.startsWith("TX_DURING_");
                if (!(Math.abs(found - expected[i]) <= (counted ? 0 : RESIDUE + RELATIVE * Math.abs(expected[i])))) {
                    fault(id, name, found, expected[i]);
                }
            }
        }
    }

    private boolean isWhole(String id, String name) {
        return name.startsWith("TX_")
                || (name.startsWith("CUSTOMER_") ? chosen.byCustomer() : chosen.byTerminal()).contains(id);
    }

    private void compareScore(String id, double found) {
        Double expected = scores.get(id);
        if (expected != null
                && chosen.byCustomer().contains(id)
                && chosen.byTerminal().contains(id)) {
            scored++;
            if (!(Math.abs(found - expected) <= SCORE)) {
                fault(id, "score", found, expected);
            }
        }
    }

    private void fault(String id, String what, Object found, Object expected) {
        if (faults.size() < MOST_SHOWN) {
            faults.add("transaction " + id + ": " + what + " is " + found + ", expected " + expected);
        }
    }

    /** What does not agree, the first ones. */
    List<String> faults() {
        return faults;
    }

    int predictions() {
        return seen.size();
    }

    int rows() {
        return rows;
    }

    int scored() {
        return scored;
    }

    @Override
    public String toString() {
        return "%,d predictions; %,d expected rows with %,d values compared; %,d scores compared"
                .formatted(seen.size(), rows, values, scored);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.Scored;
import io.millrace.pipeline.record.SourcePosition;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Scored events for tests, one at a time or many by a seed. */
final class Traffic {

    static final long WRITTEN = 1_700_000_000_000L;

    private Traffic() {}

    static Scored scored(long written, long ingested, long scored, float score, @Nullable Boolean decision) {
        return scored(written, ingested, scored, score, decision, false, 1.0, 2.0);
    }

    static Scored scored(
            long written,
            long ingested,
            long scored,
            float score,
            @Nullable Boolean decision,
            boolean behind,
            double... values) {
        SourcePosition position = new SourcePosition("card.transactions", 0, 7);
        RawRecord raw = new RawRecord(position, written, null, null, new RawHeader[0]);
        Event event = new Event(0, "e", WRITTEN, new double[0], new String[0], raw, ingested);
        ModelVersion model = new ModelVersion("card-fraud", "1", "d");
        Prediction prediction = new Prediction(
                "p",
                "e",
                null,
                WRITTEN,
                "card-fraud",
                model,
                "champion",
                "f",
                position,
                score,
                new float[] {score},
                null,
                decision,
                Ranking.NONE,
                null,
                new String[0],
                new Object[0],
                ingested,
                scored);
        return new Scored(new FeatureVector(event, values, behind), prediction);
    }

    static List<Scored> random(Random random, int count, int features) {
        List<Scored> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long written = random.nextInt(20) == 0 ? -1 : WRITTEN + random.nextInt(1000);
            long ingested = written + (long) (Math.exp(random.nextGaussian() * 3) * 20) - 1;
            long scored = ingested + (long) Math.exp(random.nextGaussian() * 2);
            float score = random.nextInt(30) == 0 ? random.nextFloat() * 4 - 2 : random.nextFloat();
            Boolean decision = random.nextInt(10) == 0 ? null : random.nextInt(5) == 0;
            double[] values = new double[features];
            for (int f = 0; f < features; f++) {
                values[f] = random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian();
            }
            events.add(scored(written, ingested, scored, score, decision, random.nextInt(9) == 0, values));
        }
        return events;
    }

    static TrafficPane pane(List<Scored> events, int features) {
        TrafficPane pane = new TrafficPane(WRITTEN, features);
        for (Scored event : events) {
            pane.add(event.vector(), event.prediction());
        }
        return pane;
    }

    static byte[] bytes(TrafficPane pane) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            TrafficPaneCodec.write(pane, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.feature;

import static io.millrace.flink.fixture.PaymentPipeline.PAYMENTS;
import static io.millrace.flink.fixture.PaymentPipeline.REPORTS;

import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Vectors as the source step lets them in. */
final class Vectors {

    private static final int PARTITIONS = 3;
    private static final int KEYS = 7;

    private Vectors() {}

    /** An event before its first hop. */
    static KeyedVector admitted(InferencePlan plan, int stream, RawRecord record) {
        return admitted(plan, PaymentRecords.event(plan, stream, record), stream == plan.scored());
    }

    /** A late payment that is folded into state and not scored. */
    static KeyedVector folded(InferencePlan plan, RawRecord record) {
        return admitted(plan, PaymentRecords.event(plan, PAYMENTS, record), false);
    }

    private static KeyedVector admitted(InferencePlan plan, Event event, boolean scored) {
        double[] values = scored ? plan.unknownValues() : new double[0];
        return new KeyedVector("", new FeatureVector(event, values, false), scored);
    }

    static int slot(InferencePlan plan, String feature) {
        int slot = 0;
        while (!plan.featureName(slot).equals(feature)) {
            slot++;
        }
        return slot;
    }

    /** Payments and reports whose times often coincide, over a few keys, some of them null. */
    static List<KeyedVector> random(InferencePlan plan, Random random, int count, int fromSecond, int seconds) {
        EventDecoder payments = plan.decoder(PAYMENTS);
        EventDecoder reports = plan.decoder(REPORTS);
        List<KeyedVector> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int second = fromSecond + random.nextInt(seconds);
            int partition = random.nextInt(PARTITIONS);
            long offset = fromSecond * 1_000L + i;
            String shop = random.nextInt(10) == 0 ? null : "s" + random.nextInt(KEYS);
            boolean scored = random.nextInt(4) != 0;
            RawRecord record = scored
                    ? PaymentRecords.payment(
                            partition, offset, second, "c" + random.nextInt(KEYS), shop, random.nextDouble() * 100)
                    : PaymentRecords.report(
                            partition, offset, second, shop, second - random.nextInt(200), random.nextDouble());
            Decoded decoded = (scored ? payments : reports).decode(record, PaymentRecords.READ_AT);
            vectors.add(admitted(plan, ((Decoded.Accepted) decoded).event(), scored));
        }
        return vectors;
    }
}

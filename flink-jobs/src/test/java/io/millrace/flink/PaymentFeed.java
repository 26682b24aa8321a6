/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What the partitions of both topics hold: out of order within bounds, with ties, and now and then late, without a key,
 * without an amount, too great for the model, or no event at all.
 *
 * @param seed the feed is a function of it
 */
record PaymentFeed(long seed) implements Serializable {

    static final int PARTITIONS = 4;
    static final int RECORDS = 250;

    private static final int DISORDER_SECONDS = 2;
    private static final int LATE_SECONDS = 30;
    private static final int CUSTOMERS = 20;
    private static final int SHOPS = 8;

    /** The records of one partition, in the order of their offsets. */
    List<RawRecord> partition(int stream, int partition) {
        Random random = new Random(seed * 1_000 + stream * 100L + partition);
        List<RawRecord> records = new ArrayList<>();
        int reached = 0;
        for (int offset = 0; offset < RECORDS; offset++) {
            reached += random.nextInt(3);
            int behind = random.nextInt(30) == 0 ? LATE_SECONDS : random.nextInt(DISORDER_SECONDS + 1);
            records.add(
                    stream == PaymentPipeline.PAYMENTS
                            ? payment(random, partition, offset, reached - behind)
                            : report(random, partition, offset, reached - behind));
        }
        return records;
    }

    private static RawRecord payment(Random random, int partition, int offset, int second) {
        Double amount = random.nextDouble() * 100;
        String customer = "c" + random.nextInt(CUSTOMERS);
        switch (random.nextInt(50)) {
            case 0 -> amount = null;
            case 1 -> amount = 1e300;
            case 2 -> customer = null;
            case 3 -> {
                return noise(partition, offset);
            }
            default -> {}
        }
        return PaymentRecords.payment(partition, offset, second, customer, shop(random), amount);
    }

    private static RawRecord report(Random random, int partition, int offset, int second) {
        return PaymentRecords.report(
                partition,
                offset,
                second,
                shop(random),
                second - random.nextInt(200),
                random.nextBoolean() ? 0 : random.nextDouble());
    }

    private static String shop(Random random) {
        return random.nextInt(10) == 0 ? null : "s" + random.nextInt(SHOPS);
    }

    private static RawRecord noise(int partition, int offset) {
        return new RawRecord(
                new SourcePosition("payments", partition, offset),
                PaymentRecords.START,
                null,
                new byte[] {-1, -1},
                new RawHeader[0]);
    }
}

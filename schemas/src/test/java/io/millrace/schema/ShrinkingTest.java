/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.DeadLetter.Reason;
import io.millrace.pipeline.record.LateRecord;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.Refusal;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShrinkingTest {

    private static final OutputSpec OUTPUTS =
            new OutputSpec("fraud", Delivery.EXACTLY_ONCE, WireFormat.SINGLE_OBJECT, true, List.of());
    private static final SourcePosition POSITION = new SourcePosition("in", 2, 77);

    /** Whatever the event is made of: identifiers and messages may be as long as the event. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyRefusalFitsInTheEndAndWholeWhereItCan(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            OutputLimits limits = new OutputLimits(OutputLimits.LEAST_BYTES + random.nextInt(40_000));
            RawRecord raw = new RawRecord(POSITION, 0, bytes(random), bytes(random), headers(random));
            String text = "x".repeat(random.nextInt(3) == 0 ? random.nextInt(60_000) : 20);
            Refusal refusal = random.nextBoolean()
                    ? new LateRecord(raw, text, 5, 6, true, 7)
                    : new DeadLetter(raw, Reason.EXPRESSION, "features", text, text, 9, 7);

            OutputRecord record = new RefusalEncoder("fraud", OUTPUTS, limits).encode(refusal);

            assertThat(record.sizeBytes())
                    .as("seed %d, case %d: %s", seed, i, record)
                    .isLessThanOrEqualTo(limits.maxRecordBytes());
            OutputRecord whole =
                    new RefusalEncoder("fraud", OUTPUTS, new OutputLimits(Integer.MAX_VALUE)).encode(refusal);
            if (limits.allow(whole)) {
                assertThat(record)
                        .as("seed %d, case %d", seed, i)
                        .usingRecursiveComparison()
                        .isEqualTo(whole);
            } else {
                assertThat(header(record, "millrace.truncated"))
                        .as("seed %d, case %d", seed, i)
                        .startsWith("value: ");
            }
        }
    }

    @Test
    void lateRecordSaysHowLateAndWhereItWas() {
        RawRecord raw = new RawRecord(POSITION, 1_700L, null, null, new RawHeader[0]);

        OutputRecord record = new RefusalEncoder("fraud", OUTPUTS, OutputLimits.DEFAULT)
                .encode(new LateRecord(raw, "e1", 1_000, 250, true, 2_000));

        assertThat(record.topic()).isEqualTo("fraud.late");
        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(Arrays.stream(record.headers()).map(header -> header.name() + '=' + text(header)))
                .containsExactly(
                        "millrace.late.lateness-ms=250",
                        "millrace.late.event-id=e1",
                        "millrace.late.event-time=1000",
                        "millrace.late.folded=true",
                        "millrace.late.topic=in",
                        "millrace.late.partition=2",
                        "millrace.late.offset=77",
                        "millrace.late.timestamp=1700",
                        "millrace.late.pipeline=fraud",
                        "millrace.late.at=2000");
    }

    @Test
    void digestsAreThoseOfWhatWasCut() {
        byte[] value = "a".repeat(30_000).getBytes(StandardCharsets.US_ASCII);
        RawRecord raw = new RawRecord(POSITION, 0, null, value, new RawHeader[0]);

        OutputRecord record = new RefusalEncoder("fraud", OUTPUTS, new OutputLimits(OutputLimits.LEAST_BYTES))
                .encode(new LateRecord(raw, "e1", 1, 2, false, 3));

        assertThat(record.value()).isEqualTo(Arrays.copyOf(value, 1_024));
        assertThat(header(record, "millrace.truncated"))
                .isEqualTo(
                        "value: 30000 bytes, sha256 72d6b9e03a5ff2fb44a3bc3a0e5988dae8bb4c300d5297788bdd72e0ca0a59ec");
    }

    private static byte @Nullable [] bytes(Random random) {
        return random.nextInt(5) == 0 ? null : new byte[random.nextInt(random.nextBoolean() ? 60_000 : 100)];
    }

    private static RawHeader[] headers(Random random) {
        List<RawHeader> headers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add(new RawHeader("h".repeat(1 + random.nextInt(50)), bytes(random)));
        }
        return headers.toArray(new RawHeader[0]);
    }

    private static String header(OutputRecord record, String name) {
        return Arrays.stream(record.headers())
                .filter(header -> header.name().equals(name))
                .map(ShrinkingTest::text)
                .findFirst()
                .orElse("");
    }

    private static String text(RawHeader header) {
        byte[] value = header.value();
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }
}

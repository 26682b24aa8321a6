/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.control.Epoch;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.control.RollCall;
import io.millrace.pipeline.control.Vote;
import io.millrace.pipeline.control.Vote.Verdict;
import io.millrace.pipeline.record.ModelVersion;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlRecordsTest {

    private static final ModelVersion OLD = new ModelVersion("fraud", "1", "aa");
    private static final ModelVersion NEW = new ModelVersion("fraud", "2", "bb");
    private static final Epoch EPOCH = new Epoch("0123456789abcdef", 3);
    private static final String CURE = ". Write commands with 'millrace model'.";

    private final ControlRecords records = new ControlRecords("payments");

    static Stream<ControlEntry> entries() {
        return Stream.of(
                new ModelCommand("a", Action.PROMOTE, NEW, null, 0),
                new ModelCommand("b", Action.PROMOTE, NEW, 1_700_000_000_000L, 0),
                new ModelCommand("c", Action.ROLLBACK, null, null, 0),
                new ModelCommand("d", Action.SHADOW, NEW, 0L, 0),
                new ModelCommand("e", Action.CANARY, NEW, null, 0.1),
                new ModelCommand("f", Action.STOP, null, null, 0),
                new Preparation("e", 4, new Regime(OLD, NEW, 0.1, null), -5),
                new Preparation("d", 0, new Regime(OLD, null, 0, NEW), Long.MAX_VALUE),
                new ModelCommand("g", Action.ROLLBACK, null, null, 0, "fraud.DE"),
                new RollCall(EPOCH, 1, 2, true, OLD),
                new RollCall(EPOCH, 1, 2, true, OLD, List.of(new ModelVersion("fraud.DE", "7", "cc"), NEW)),
                new Vote(EPOCH, 1, "e", 4, Verdict.READY, Long.MIN_VALUE, ""),
                new Vote(EPOCH, 0, "e", 4, Verdict.REJECTED, 17, "a weight is NaN"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void comesBackAsItWas(ControlEntry entry) {
        assertThat(records.decode(records.encode(entry))).isEqualTo(new ControlRecords.Reading(entry, ""));
    }

    @Test
    void aRollCallHasRoomForTheMostModelsWithTheLongestNames() {
        ModelVersion longest = new ModelVersion("n".repeat(64), "v".repeat(64), "d".repeat(64));
        RollCall call = new RollCall(EPOCH, 1, 2, true, OLD, Collections.nCopies(ControlRecords.MOST_OTHERS, longest));
        assertThat(records.decode(records.encode(call))).isEqualTo(new ControlRecords.Reading(call, ""));
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        byte[] good = records.encode(new ModelCommand("a", Action.PROMOTE, NEW, null, 0));
        assertThat(records.decode(null).fault()).isEqualTo("the value is null" + CURE);
        assertThat(records.decode(new byte[1_000_001]).fault()).isEqualTo("the value has 1000001 bytes" + CURE);
        assertThat(new ControlRecords("other").decode(good).fault()).isEqualTo("it is about another pipeline" + CURE);
        assertThat(records.decode("{\"kind\":\"PROMOTE\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .fault())
                .isEqualTo("it is no record of contract io.millrace.ModelCommand in single-object encoding" + CURE);
        byte[] wild = records.encode(new ModelCommand("e", Action.CANARY, NEW, null, Double.NaN));
        assertThat(records.decode(wild).fault()).isEqualTo("it lacks a share between 0 and 1" + CURE);
    }

    @Test
    void noBytesMakeItFail() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] good = records.encode(new Preparation("e", 4, new Regime(OLD, NEW, 0.1, NEW), -5));
        for (int i = 0; i < 20_000; i++) {
            byte[] mutant = good.clone();
            for (int j = random.nextInt(6); j >= 0; j--) {
                mutant[i % 3 == 0 ? random.nextInt(mutant.length) : 10 + random.nextInt(mutant.length - 10)] =
                        (byte) random.nextInt(256);
            }
            ControlRecords.Reading reading = records.decode(mutant);
            assertThat(reading.entry() == null)
                    .as("seed %d, mutant %d", seed, i)
                    .isEqualTo(!reading.fault().isEmpty());
        }
    }
}

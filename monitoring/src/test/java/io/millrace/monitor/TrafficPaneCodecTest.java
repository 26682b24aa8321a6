/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import static io.millrace.monitor.Traffic.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.record.Scored;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrafficPaneCodecTest {

    /** Two events as version 1 wrote them; these bytes are read for ever. */
    private static final String GOLDEN =
            "010000018bcfe56800020202010100010002070197040101020001a401010001000000000000000000000000000000000001808080a00400";

    @Test
    void bytesOfVersionOneStand() {
        assertThat(HexFormat.of().formatHex(Traffic.bytes(twoEvents()))).isEqualTo(GOLDEN);
    }

    @Test
    void bytesOfVersionOneAreRead() throws IOException {
        TrafficPane pane = read(HexFormat.of().parseHex(GOLDEN));
        assertThat(pane.windowStartMillis()).isEqualTo(WRITTEN);
        assertThat(pane.missing).containsExactly(0, 1);
        assertThat(new long[] {pane.predictions, pane.decided, pane.positives, pane.behindWatermark})
                .containsExactly(2, 2, 1, 1);
        assertThat(pane.latency.percentile(1000)).isEqualTo(12_095.5);
        assertThat(pane.lag.clamped()).isEqualTo(1);
        assertThat(pane.scores.mean()).isEqualTo(0.53125);
    }

    private static TrafficPane twoEvents() {
        Scored first = Traffic.scored(WRITTEN, WRITTEN - 3, WRITTEN + 7, 0.0625f, false, true, 1.0, Double.NaN);
        Scored second = Traffic.scored(WRITTEN, WRITTEN + 200, WRITTEN + 12_100, 1.0f, true, false, 1.0, 2.0);
        return Traffic.pane(List.of(first, second), 2);
    }

    @Test
    void whatIsReadIsWrittenAgainTheSame() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            byte[] bytes = Traffic.bytes(Traffic.pane(Traffic.random(random, random.nextInt(500), 4), 4));
            assertThat(Traffic.bytes(read(bytes))).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void anEmptyPaneTakesFewBytes() {
        assertThat(Traffic.bytes(new TrafficPane(WRITTEN, 15))).hasSize(1 + 8 + 1 + 4 + 15 + 2 + 2 + 22);
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] bytes = Traffic.bytes(twoEvents());
        bytes[0] = 2;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "pane: version 2 is unknown, this build reads version 1. Restore with the build that wrote it");
    }

    @Test
    void aLyingCountAllocatesNothing() {
        byte[] bytes = HexFormat.of().parseHex("01" + "0000018bcfe56800" + "ffffffff07");
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("pane: number of features is 2147483647, expected less than 65536. The bytes are damaged");
    }

    @Test
    void cutBytesAreRefused() {
        byte[] bytes = Traffic.bytes(twoEvents());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void damagedBytesEndInAPaneOrAnIoException() {
        for (long seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = Traffic.bytes(twoEvents());
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                assertThat(read(bytes)).isNotNull();
            } catch (IOException expected) {
                assertThat(expected).isNotNull();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static TrafficPane read(byte[] bytes) throws IOException {
        return TrafficPaneCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}

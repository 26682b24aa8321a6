/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import static io.millrace.feature.Pipelines.aggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.spec.AggregateFunction;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Order;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Bytes that were released once are read for ever: {@code state/v1.bin} holds them. */
class KeyStateCodecTest {

    private static final long T = 1_600_000_000_000L;
    private static final FeatureSpec SUM =
            aggregate("sum", AggregateFunction.SUM, "amount", "customer", Duration.ofHours(1), Duration.ZERO);
    private static final FeatureSpec MAX =
            aggregate("max", AggregateFunction.MAX, "amount * 2", "customer", Duration.ofHours(1), Duration.ZERO);
    private static final FeatureSpec COUNT =
            aggregate("count", AggregateFunction.COUNT, null, "customer", Duration.ofHours(1), Duration.ZERO);

    @Test
    void bytesOfVersionOneAreStillWrittenAndRead() throws IOException {
        HopProgram hop = hop(SUM);
        KeyState state = filled(hop);
        byte[] released = released();

        assertThat(HexFormat.of().formatHex(bytes(state)))
                .isEqualTo(HexFormat.of().formatHex(released));
        assertThat(next(hop, read(released))).containsExactly(1.5 + 2.5 + 4);
    }

    @Test
    void featureThatIsNewBeginsWithTheUpgradeAndOneThatIsGoneIsDropped() throws IOException {
        KeyState old = filled(hop(SUM));

        double[] widened = next(hop(COUNT, MAX, SUM), read(bytes(old)));
        double[] narrowed = next(hop(COUNT), read(bytes(old)));

        assertThat(widened).containsExactly(3, 8, 8);
        assertThat(narrowed).containsExactly(3);
    }

    @Test
    void unknownVersionIsRefusedWithTheCure() {
        assertThatThrownBy(() -> read(new byte[] {9}))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "key state: version 9 is unknown to this build, which reads version 1. Restore with the release"
                                + " that wrote it, or a later one.");
    }

    private static KeyState filled(HopProgram hop) {
        KeyState state = hop.newState();
        double[] values = new double[1];
        hop.compute(Pipelines.payment(0, T, 1.5, 1, "a"), values, state);
        hop.compute(Pipelines.payment(1, T + 700, 2.5, 1, "a"), values, state);
        return state;
    }

    private static double[] next(HopProgram hop, KeyState state) {
        double[] values = new double[hopFeatures(hop)];
        hop.compute(Pipelines.payment(2, T + 900, 4, 1, "a"), values, state);
        return values;
    }

    private static int hopFeatures(HopProgram hop) {
        double[] probe = new double[8];
        java.util.Arrays.fill(probe, Double.NaN);
        hop.compute(Pipelines.payment(0, T, 1, 1, "a"), probe, hop.newState());
        return (int) java.util.Arrays.stream(probe)
                .filter(value -> !Double.isNaN(value))
                .count();
    }

    private static HopProgram hop(FeatureSpec... features) {
        FeatureProgram program =
                FeatureProgram.compile(Pipelines.of(Order.EVENT_TIME, features), Pipelines.LAYOUTS, new Problems());
        return Objects.requireNonNull(program).hops().get(0);
    }

    private static byte[] released() throws IOException {
        try (InputStream file = KeyStateCodecTest.class.getResourceAsStream("/state/v1.bin")) {
            return Objects.requireNonNull(file, "state/v1.bin").readAllBytes();
        }
    }

    private static byte[] bytes(KeyState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        KeyStateCodec.write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static KeyState read(byte[] bytes) throws IOException {
        return KeyStateCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}

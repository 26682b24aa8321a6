/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceNamesTest {

    private static final Shape SHAPE = new Shape.Sequence(3, 2);
    private static final List<String> SEQUENCES = List.of("a[0]", "a[1]", "a[2]", "b[0]", "b[1]", "b[2]");

    @Test
    void sequencesOfAsManyStepsFillAChannelEach() {
        assertThat(SequenceNames.of(SHAPE, SEQUENCES)).containsExactly("a", "b");
    }

    @Test
    void everythingElseIsOneValueEach() {
        List<String> values = List.of("u", "v", "w", "x", "y", "z");
        assertThat(SequenceNames.of(SHAPE, values)).isEqualTo(values);
        List<String> shorter = List.of("a[0]", "a[1]", "b[0]", "b[1]", "c[0]", "c[1]");
        assertThat(SequenceNames.of(SHAPE, shorter)).isEqualTo(shorter);
        List<String> turned = List.of("a[2]", "a[1]", "a[0]", "b[0]", "b[1]", "b[2]");
        assertThat(SequenceNames.of(SHAPE, turned)).isEqualTo(turned);
        assertThat(SequenceNames.of(new Shape.Row(6), SEQUENCES)).isEqualTo(SEQUENCES);
    }
}

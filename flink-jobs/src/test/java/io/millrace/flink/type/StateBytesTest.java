/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.fixture.RecordEquality;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FeatureVector;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes of an event that is held rest in checkpoints: another layout would make them unreadable. */
class StateBytesTest {

    private static final String HELD = "046b6579" // key
            + "01" + "0670332d3137" + "00000000000007d0" // stream, id, event time
            + "00000002" + "3ff8000000000000" + "7ff8000000000000" // numbers
            + "00000002" + "0270" + "00" // texts
            + "097061796d656e7473" + "00000003" + "0000000000000011" // topic, partition, offset
            + "00000000000003e8" + "ffffffff" + "00000002" + "0102" // timestamp, no key, value
            + "00000001" + "0268" + "ffffffff" // headers
            + "0000000000000bb8" // read at
            + "00000001" + "bff0000000000000" + "00" + "01"; // values, behind the watermark, scored

    @Test
    void aHeldEventIsWrittenAsEver() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        KeyedVectorSerializer.INSTANCE.serialize(held(), out);
        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer())).isEqualTo(HELD);
    }

    @Test
    void aHeldEventIsReadAsEver() throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(HexFormat.of().parseHex(HELD));
        assertThat(KeyedVectorSerializer.INSTANCE.deserialize(in))
                .usingRecursiveComparison(RecordEquality.EXACT)
                .isEqualTo(held());
    }

    @Test
    void aTagThatNobodyWritesIsDamage() {
        DataInputDeserializer in = new DataInputDeserializer(new byte[] {7});
        assertThatIOException()
                .isThrownBy(() -> RefusalSerializer.INSTANCE.deserialize(in))
                .withMessage("refusal: unknown tag 7");
    }

    private static KeyedVector held() {
        RawRecord raw =
                new RawRecord(new SourcePosition("payments", 3, 17), 1_000, null, new byte[] {1, 2}, new RawHeader[] {
                    new RawHeader("h", null)
                });
        @Nullable String[] texts = {"p", null};
        Event event = new Event(1, "p3-17", 2_000, new double[] {1.5, Double.NaN}, texts, raw, 3_000);
        return new KeyedVector("key", new FeatureVector(event, new double[] {-1}, false), true);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.fixture.RecordEquality;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.type.DecodedSerializer;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.schema.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka's records become ours without a byte lost, and none of them is thrown out. */
class RecordDeserializerTest {

    private static final InferencePlan PLAN = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);

    private final List<Decoded> decoded = new ArrayList<>();
    private RecordDeserializer deserializer = new RecordDeserializer(PLAN, PaymentPipeline.PAYMENTS);

    @BeforeEach
    void travelAndOpen() throws Exception {
        deserializer = InstantiationUtil.clone(deserializer);
        deserializer.open(null);
    }

    @Test
    void anEventKeepsItsPositionKeyTimestampAndHeaders() {
        RawRecord payment = PaymentRecords.payment(3, 17, 5, "c1", "s1", 12.5);
        RecordHeaders headers = new RecordHeaders();
        headers.add("twice", new byte[] {1}).add("twice", null);
        read(payment.key(), payment.value(), headers);

        Event event = ((Decoded.Accepted) decoded.get(0)).event();
        assertThat(event.id()).isEqualTo("p3-17");
        assertThat(event.eventTimeMillis()).isEqualTo(PaymentRecords.at(5));
        assertThat(event.raw().position()).isEqualTo(payment.position());
        assertThat(event.raw().timestampMillis()).isEqualTo(99);
        assertThat(event.raw().key()).isEqualTo(payment.key());
        assertThat(event.raw().value()).isEqualTo(payment.value());
        assertThat(event.raw().headers())
                .usingRecursiveFieldByFieldElementComparator(RecordEquality.EXACT)
                .containsExactly(new RawHeader("twice", new byte[] {1}), new RawHeader("twice", null));
    }

    @Test
    void aNullValueIsADeadLetter() {
        read(null, null, new RecordHeaders());
        DeadLetter letter = ((Decoded.Refused) decoded.get(0)).deadLetter();
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.NULL_VALUE);
        assertThat(letter.raw().key()).isNull();
        assertThat(letter.raw().headers()).isEmpty();
    }

    @Test
    void bytesThatAreNoEventAreADeadLetterWithTheBytes() {
        byte[] noise = {-1, -1, -1, -1, 7};
        read(noise, noise, new RecordHeaders());
        DeadLetter letter = ((Decoded.Refused) decoded.get(0)).deadLetter();
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.AVRO_DECODE);
        assertThat(letter.raw().key()).isEqualTo(noise);
        assertThat(letter.raw().value()).isEqualTo(noise);
    }

    @Test
    void anEventDatedFarAheadIsADeadLetter() {
        double farAhead = (System.currentTimeMillis() - PaymentRecords.START) / 1_000.0 + 86_400;
        read(null, PaymentRecords.payment(3, 17, farAhead, "c1", "s1", 1.0).value(), new RecordHeaders());
        DeadLetter letter = ((Decoded.Refused) decoded.get(0)).deadLetter();
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.TIMESTAMP_RANGE);
        assertThat(letter.field()).isEqualTo("paid_at");
    }

    @Test
    void theTypeIsOurs() {
        assertThat(deserializer.getProducedType()).isEqualTo(DecodedSerializer.TYPE);
    }

    private void read(byte[] key, byte[] value, RecordHeaders headers) {
        deserializer.deserialize(
                new ConsumerRecord<>(
                        "payments", 3, 17, 99, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty()),
                new ListCollector<>(decoded));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.DeadLetter.Reason;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Kind;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.spec.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {

    private static final Schema SCHEMA = new Schema.Parser().parse(Streams.SCHEMA);
    private static final EventLayout LAYOUT = Streams.layout();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAvrosOwnWriterOnRandomRecords(long seed) {
        Random random = new Random(seed);
        EventDecoder decoder = Streams.decoder(WireFormat.BINARY, null);
        for (int i = 0; i < 200; i++) {
            GenericRecord record = record(random);
            Decoded decoded = decoder.decode(Streams.raw(bytes(record)), Streams.NOW);

            assertThat(decoded).as("seed %d, record %s", seed, record).isInstanceOf(Decoded.Accepted.class);
            assertSame(record, ((Decoded.Accepted) decoded).event(), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void everyMutationIsAnEventOrADeadLetterWithTheOriginalBytes(long seed) {
        Random random = new Random(seed);
        EventDecoder decoder = Streams.decoder(WireFormat.BINARY, "id");
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = mutate(bytes(record(random)), random);
            Decoded decoded = decoder.decode(Streams.raw(mutated), Streams.NOW);
            if (decoded instanceof Decoded.Refused refused) {
                assertThat(refused.deadLetter().raw().value())
                        .as("seed %d", seed)
                        .isSameAs(mutated);
            }
        }
    }

    @Test
    void lyingLengthsAreRefusedWithoutAllocation() {
        EventDecoder decoder = Streams.decoder(WireFormat.BINARY, null);
        byte[] hugeString = {2, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};

        DeadLetter letter = refused(decoder.decode(Streams.raw(hugeString), Streams.NOW));

        assertThat(letter.reason()).isEqualTo(Reason.AVRO_DECODE);
        assertThat(letter.message())
                .isEqualTo(
                        "a length at byte 6 is 2147483647, but 0 bytes are left. Send it in the stream's encoding, written"
                                + " with the stream's schema.");
    }

    @Test
    void nullAndEmptyValuesAreDeadLetters() {
        EventDecoder decoder = Streams.decoder(WireFormat.BINARY, null);

        assertThat(refused(decoder.decode(Streams.raw(null), Streams.NOW)).reason())
                .isEqualTo(Reason.NULL_VALUE);
        assertThat(refused(decoder.decode(Streams.raw(new byte[0]), Streams.NOW))
                        .reason())
                .isEqualTo(Reason.AVRO_DECODE);
    }

    @Test
    void trailingBytesAreRefused() {
        byte[] good = bytes(record(new Random(1)));
        byte[] longer = Arrays.copyOf(good, good.length + 3);

        DeadLetter letter = refused(Streams.decoder(WireFormat.BINARY, null).decode(Streams.raw(longer), Streams.NOW));

        assertThat(letter.reason()).isEqualTo(Reason.AVRO_DECODE);
        assertThat(letter.message()).startsWith("3 bytes are left after the last field.");
    }

    @Test
    void timesOutsideTheRangeAreRefusedAndNamed() {
        EventDecoder decoder = Streams.decoder(WireFormat.BINARY, null);
        GenericRecord record = record(new Random(2));
        for (long time :
                new long[] {0, -1, 1_700_000_000L, Streams.NOW + 23 * 3_600_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            record.put("at", time);
            DeadLetter letter = refused(decoder.decode(Streams.raw(bytes(record)), Streams.NOW));
            assertThat(letter.reason()).as("%d", time).isEqualTo(Reason.TIMESTAMP_RANGE);
            assertThat(letter.field()).isEqualTo("at");
        }
        record.put("at", Streams.NOW + 299_000);
        assertThat(decoder.decode(Streams.raw(bytes(record)), Streams.NOW)).isInstanceOf(Decoded.Accepted.class);
    }

    @Test
    void missingTimeAndMissingIdNameTheirField() {
        GenericRecord record = record(new Random(3));
        record.put("at", null);
        DeadLetter noTime =
                refused(Streams.decoder(WireFormat.BINARY, "id").decode(Streams.raw(bytes(record)), Streams.NOW));
        record.put("at", Streams.NOW);
        record.put("id", null);
        DeadLetter noId =
                refused(Streams.decoder(WireFormat.BINARY, "id").decode(Streams.raw(bytes(record)), Streams.NOW));

        assertThat(noTime.reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(noTime.message())
                .isEqualTo("field 'at' is null, and it is the event time. Fill it in the producer.");
        assertThat(noId.field()).isEqualTo("id");
    }

    @Test
    void idIsTheFieldOrTheCloudEventOrThePosition() {
        GenericRecord record = record(new Random(4));
        record.put("id", "mine");
        RawHeader ce = new RawHeader("ce_id", "theirs".getBytes(StandardCharsets.UTF_8));

        assertThat(accepted(Streams.decoder(WireFormat.BINARY, "id"), bytes(record), ce)
                        .id())
                .isEqualTo("mine");
        assertThat(accepted(Streams.decoder(WireFormat.BINARY, null), bytes(record), ce)
                        .id())
                .isEqualTo("theirs");
        assertThat(accepted(Streams.decoder(WireFormat.BINARY, null), bytes(record))
                        .id())
                .isEqualTo("all.events-1-42");
    }

    @Test
    void nonFiniteNumbersAreMissing() {
        GenericRecord record = record(new Random(5));
        record.put("single", Float.POSITIVE_INFINITY);
        record.put("twice", Double.NaN);

        Event event = accepted(Streams.decoder(WireFormat.BINARY, null), bytes(record));

        assertThat(number(event, "single")).isNaN();
        assertThat(number(event, "twice")).isNaN();
    }

    @Test
    void wireFormatsAreToldApart() {
        byte[] datum = bytes(record(new Random(6)));
        byte[] single = concat(Envelope.singleObjectHeader(SCHEMA), datum);
        byte[] other = single.clone();
        other[5] ^= 1;
        byte[] confluent = concat(new byte[] {0, 0, 0, 0, 9}, datum);

        assertThat(accepted(Streams.decoder(WireFormat.SINGLE_OBJECT, null), single))
                .isNotNull();
        assertThat(refused(Streams.decoder(WireFormat.SINGLE_OBJECT, null).decode(Streams.raw(other), Streams.NOW))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(refused(Streams.decoder(WireFormat.SINGLE_OBJECT, null).decode(Streams.raw(datum), Streams.NOW))
                        .reason())
                .isEqualTo(Reason.AVRO_DECODE);
        assertThat(accepted(Streams.decoder(WireFormat.CONFLUENT, null), confluent))
                .isNotNull();
        DeadLetter cut = refused(Streams.decoder(WireFormat.CONFLUENT, null)
                .decode(Streams.raw(Arrays.copyOf(confluent, 9)), Streams.NOW));
        assertThat(cut.schemaId()).isEqualTo(9);
        confluent[0] = 1;
        assertThat(refused(Streams.decoder(WireFormat.CONFLUENT, null).decode(Streams.raw(confluent), Streams.NOW))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_SCHEMA);
    }

    private static void assertSame(GenericRecord record, Event event, String seed) {
        assertThat(number(event, "micros")).as(seed).isEqualTo(Math.floorDiv((long) record.get("micros"), 1_000L));
        assertThat(number(event, "day")).as(seed).isEqualTo((int) record.get("day") * 86_400_000.0);
        assertThat(number(event, "small")).as(seed).isEqualTo((int) record.get("small"));
        assertThat(number(event, "big")).as(seed).isEqualTo((double) (long) record.get("big"));
        assertThat(number(event, "single")).as(seed).isEqualTo((float) record.get("single"));
        assertThat(number(event, "flag")).as(seed).isEqualTo((boolean) record.get("flag") ? 1 : 0);
        Object twice = record.get("twice");
        assertThat(number(event, "twice")).as(seed).isEqualTo((Double) (twice == null ? Double.NaN : (double) twice));
        BigDecimal price = new BigDecimal(new BigInteger(((ByteBuffer) record.get("price")).array()), 2);
        assertThat(number(event, "price")).as(seed).isEqualTo(price.doubleValue());
        assertThat(text(event, "colour"))
                .as(seed)
                .isEqualTo(record.get("colour").toString());
        GenericRecord device = (GenericRecord) record.get("device");
        assertThat(text(event, "device.os")).as(seed).isEqualTo(device == null ? null : device.get("os"));
        Object age = device == null ? null : device.get("age");
        assertThat(number(event, "device.age")).as(seed).isEqualTo((Double)
                (age == null ? Double.NaN : (double) (int) age));
    }

    private static GenericRecord record(Random random) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("id", random.nextInt(3) == 0 ? null : "é" + random.nextInt());
        record.put("at", Streams.NOW - random.nextInt(1_000_000));
        record.put("micros", random.nextLong() / 2);
        record.put("day", random.nextInt(40_000) - 20_000);
        record.put("small", random.nextInt());
        record.put("big", random.nextLong());
        record.put("single", random.nextFloat());
        record.put("twice", random.nextBoolean() ? null : random.nextGaussian());
        record.put("flag", random.nextBoolean());
        record.put(
                "colour",
                new GenericData.EnumSymbol(SCHEMA.getField("colour").schema(), random.nextBoolean() ? "RED" : "GREEN"));
        record.put("price", ByteBuffer.wrap(BigInteger.valueOf(random.nextInt()).toByteArray()));
        record.put("blob", ByteBuffer.wrap(new byte[random.nextInt(20)]));
        record.put("hash", new GenericData.Fixed(SCHEMA.getField("hash").schema(), new byte[4]));
        record.put("tags", new ArrayList<>(List.of("a", "b", "c").subList(0, random.nextInt(4))));
        record.put("counts", random.nextBoolean() ? Map.of() : new HashMap<>(Map.of("x", random.nextLong())));
        record.put("choice", random.nextBoolean() ? null : random.nextBoolean() ? "text" : (Object) 5L);
        record.put("device", random.nextInt(3) == 0 ? null : device(random, 3));
        return record;
    }

    private static GenericRecord device(Random random, int depth) {
        Schema schema = SCHEMA.getField("device").schema().getTypes().get(1);
        GenericRecord device = new GenericData.Record(schema);
        device.put("os", "os" + random.nextInt(5));
        device.put("parent", depth == 0 || random.nextBoolean() ? null : device(random, depth - 1));
        device.put("age", random.nextBoolean() ? null : random.nextInt(100));
        return device;
    }

    private static byte[] bytes(GenericRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    /** Flips bits, cuts, or splices. */
    private static byte[] mutate(byte[] good, Random random) {
        byte[] bytes = good.clone();
        switch (random.nextInt(3)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> {
                int from = random.nextInt(bytes.length);
                int to = random.nextInt(bytes.length);
                System.arraycopy(good, Math.min(from, to), bytes, 0, Math.abs(from - to));
            }
        }
        return bytes;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static double number(Event event, String field) {
        EventLayout.Field slot = Objects.requireNonNull(LAYOUT.field(field), field);
        assertThat(slot.kind()).isNotEqualTo(Kind.TEXT);
        return event.numbers()[slot.slot()];
    }

    private static @Nullable String text(Event event, String field) {
        return event.texts()[Objects.requireNonNull(LAYOUT.field(field), field).slot()];
    }

    private static Event accepted(EventDecoder decoder, byte[] value, RawHeader... headers) {
        return ((Decoded.Accepted) decoder.decode(Streams.raw(value, headers), Streams.NOW)).event();
    }

    private static DeadLetter refused(Decoded decoded) {
        return ((Decoded.Refused) decoded).deadLetter();
    }
}

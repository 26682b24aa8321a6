/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.DeadLetter.Reason;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no producer should send, and some will. */
class HostileValueTest {

    private static final int VALUES = 100_000;

    private static final String MEASUREMENT = """
            {"type": "record", "name": "Measurement", "fields": [
              {"name": "id", "type": ["null", "long"]},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "nothing", "type": {"type": "array", "items": "null"}},
              {"name": "hollow", "type": {"type": "array", "items":
                {"type": "record", "name": "Hollow", "fields": []}}},
              {"name": "chain", "type": ["null", {"type": "record", "name": "Chain", "fields": [
                {"name": "next", "type": ["null", "Chain"]}]}]}
            ]}
            """;

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void anyBytesAreAnEventOrADeadLetterOfTheirOwn(WireFormat format) {
        long seed = 20_260_117;
        Random random = new Random(seed);
        EventDecoder decoder = Streams.decoder(format, "id");
        byte[] prefix = prefix(format);
        int accepted = 0;
        for (int i = 0; i < VALUES; i++) {
            byte[] value = value(prefix, random);
            Decoded decoded = decode(decoder, value, seed, i);
            if (decoded instanceof Decoded.Refused refused) {
                assertWhole(refused.deadLetter(), value, seed, i);
            } else {
                accepted++;
            }
        }
        assertThat(accepted).as("seed %d: some are sound, most are not", seed).isBetween(1, VALUES / 2);
    }

    private static Decoded decode(EventDecoder decoder, byte[] value, long seed, int i) {
        try {
            return decoder.decode(Streams.raw(value), Streams.NOW);
        } catch (RuntimeException | Error escaped) {
            throw new AssertionError("seed " + seed + ", value " + i + ": " + Arrays.toString(value), escaped);
        }
    }

    private static void assertWhole(DeadLetter letter, byte[] value, long seed, int i) {
        boolean whole = letter.raw().value() == value
                && letter.message().endsWith(".")
                && letter.stage().equals("source")
                && letter.reason() != Reason.TOO_LARGE
                && letter.atMillis() == Streams.NOW;
        if (!whole) {
            throw new AssertionError("seed " + seed + ", value " + i + ": " + letter);
        }
    }

    /** Noise, a sound event, or a sound event with a few bytes changed, cut off or put in. */
    private static byte[] value(byte[] prefix, Random random) {
        byte[] sound = concat(prefix, datum(random));
        switch (random.nextInt(6)) {
            case 0 -> {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                return noise;
            }
            case 1 -> {
                return Arrays.copyOf(sound, random.nextInt(sound.length));
            }
            case 2 -> {
                return concat(sound, new byte[1 + random.nextInt(4)]);
            }
            case 3 -> {
                int at = random.nextInt(sound.length);
                return concat(
                        Arrays.copyOf(sound, at),
                        concat(hugeNumber(random), Arrays.copyOfRange(sound, at, sound.length)));
            }
            case 4 -> {
                return sound;
            }
            default -> {
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    sound[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return sound;
            }
        }
    }

    /** A count or length that lies: any long, in Avro's variable length. */
    private static byte[] hugeNumber(Random random) {
        return encoded(out -> out.writeLong(random.nextLong() >> random.nextInt(64)));
    }

    private static byte[] datum(Random random) {
        return encoded(out -> {
            out.writeIndex(random.nextInt(2));
            out.writeString("id");
            out.writeIndex(1);
            out.writeLong(Streams.NOW - random.nextInt(1_000));
            out.writeLong(random.nextLong());
            out.writeInt(19_000);
            out.writeInt(random.nextInt());
            out.writeLong(random.nextLong());
            out.writeFloat(random.nextFloat());
            out.writeIndex(0);
            out.writeDouble(random.nextDouble());
            out.writeBoolean(random.nextBoolean());
            out.writeEnum(random.nextInt(2));
            out.writeBytes(new byte[] {1, 2});
            out.writeBytes(new byte[3]);
            out.writeFixed(new byte[4]);
            out.writeLong(0);
            out.writeLong(0);
            out.writeIndex(0);
            out.writeIndex(0);
        });
    }

    /** 500,000 blocks that each claim 500,000 nulls: 10^11 items, were they all read. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itemsWithoutBytesTakeNoTime() {
        for (boolean hollow : new boolean[] {false, true}) {
            byte[] value = encoded(out -> {
                out.writeIndex(0);
                out.writeLong(Streams.NOW);
                if (hollow) {
                    out.writeLong(0);
                }
                for (int i = 0; i < 500_000; i++) {
                    out.writeLong(500_000);
                }
                out.writeLong(0);
                if (!hollow) {
                    out.writeLong(0);
                }
                out.writeIndex(0);
            });

            assertThat(measurements(null).decode(Streams.raw(value), Streams.NOW))
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void recordsNestedTooDeepAreRefused() {
        byte[] value = encoded(out -> {
            out.writeIndex(0);
            out.writeLong(Streams.NOW);
            out.writeLong(0);
            out.writeLong(0);
            for (int i = 0; i < 500_000; i++) {
                out.writeIndex(1);
            }
            out.writeIndex(0);
        });

        DeadLetter letter = ((Decoded.Refused) measurements(null).decode(Streams.raw(value), Streams.NOW)).deadLetter();

        assertThat(letter.reason()).isEqualTo(Reason.AVRO_DECODE);
        assertThat(letter.message())
                .isEqualTo("records are nested deeper than " + SlotReader.DEEPEST
                        + ". Send it in the stream's encoding, written with the stream's schema.");
    }

    /** 2^53 and its successor are one double, and two events. */
    @Test
    void longIdentifiersKeepEveryDigit() {
        EventDecoder decoder = measurements("id");
        for (long id : new long[] {1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, 0, -7}) {
            Decoded decoded = decoder.decode(Streams.raw(measurement(id)), Streams.NOW);

            assertThat(((Decoded.Accepted) decoded).event().id()).isEqualTo(Long.toString(id));
        }
    }

    @Test
    void missingIdentifierIsNotThatOfTheEventBefore() {
        EventDecoder decoder = measurements("id");
        decoder.decode(Streams.raw(measurement(5L)), Streams.NOW);
        byte[] none = encoded(out -> {
            out.writeIndex(0);
            out.writeLong(Streams.NOW);
            out.writeLong(0);
            out.writeLong(0);
            out.writeIndex(0);
        });

        DeadLetter letter = ((Decoded.Refused) decoder.decode(Streams.raw(none), Streams.NOW)).deadLetter();

        assertThat(letter.reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(letter.message())
                .isEqualTo("field 'id' is null, and it identifies the event. Fill it in the producer.");
    }

    private static byte[] measurement(long id) {
        return encoded(out -> {
            out.writeIndex(1);
            out.writeLong(id);
            out.writeLong(Streams.NOW);
            out.writeLong(0);
            out.writeLong(0);
            out.writeIndex(0);
        });
    }

    private static EventDecoder measurements(String id) {
        StreamSpec spec = new StreamSpec(
                "m",
                "m",
                "m.avsc",
                WireFormat.BINARY,
                id,
                new EventTimeSpec(
                        "at", Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(5)));
        EventLayout layout = Objects.requireNonNull(StreamSchema.check(spec, MEASUREMENT, List.of(), new Problems()));
        return EventDecoder.of(spec, 0, MEASUREMENT, layout);
    }

    private static byte[] prefix(WireFormat format) {
        return switch (format) {
            case BINARY -> new byte[0];
            case SINGLE_OBJECT -> Envelope.singleObjectHeader(new Schema.Parser().parse(Streams.SCHEMA));
            case CONFLUENT -> new byte[] {0, 0, 0, 0, 9};
        };
    }

    /** What writes a datum. */
    private interface Datum {
        void write(BinaryEncoder out) throws IOException;
    }

    private static byte[] encoded(Datum datum) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            datum.write(out);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}

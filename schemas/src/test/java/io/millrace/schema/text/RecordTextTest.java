/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.pipeline.spec.WireFormat;
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
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTextTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "All", "fields": [
              {"name": "text", "type": "string"},
              {"name": "small", "type": "int"},
              {"name": "large", "type": "long"},
              {"name": "single", "type": "float"},
              {"name": "twice", "type": ["null", "double"]},
              {"name": "flag", "type": "boolean"},
              {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "millis", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "nanos", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
              {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
              {"name": "price", "type":
                ["null", {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 4}]},
              {"name": "total", "type":
                {"type": "fixed", "name": "Total", "size": 9, "logicalType": "decimal", "precision": 19, "scale": 2}},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
              {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
              {"name": "parts", "type": {"type": "array", "items":
                {"type": "record", "name": "Part", "fields": [
                  {"name": "id", "type": "long"},
                  {"name": "inner", "type": ["null", "Part"]}]}}},
              {"name": "counts", "type": {"type": "map", "values": ["null", "long", "Part"]}},
              {"name": "choice", "type": ["null", "string", "long", "double", "Part", {"type": "map", "values": "int"}]}
            ]}
            """;

    private static final RecordWriter WRITER = new RecordWriter(SCHEMA, WireFormat.SINGLE_OBJECT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recordsOfEveryTypeComeBackFromTheirText(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            GenericRecord record = record(random);
            String text = RecordText.json(record).toString();

            byte[] bytes = WRITER.encode(WRITER.json(text));

            assertThat(bytes).as("seed %d, %s", seed, text).isEqualTo(WRITER.encode(record));
            GenericRecord read = Objects.requireNonNull(RecordText.read(bytes, WRITER.schema(), true), text);
            assertThat(RecordText.json(read).toString()).as("seed %d", seed).isEqualTo(text);
        }
    }

    @Test
    void timesAndNumbersReadAsPeopleWriteThem() {
        GenericRecord record = record(new Random(4));
        record.put("text", "a \"b\"");
        record.put("small", -5);
        record.put("large", Long.MAX_VALUE);
        record.put("single", 0.1f);
        record.put("twice", 1e300);
        record.put("flag", true);
        record.put("colour", new GenericData.EnumSymbol(type("colour"), "GREEN"));
        record.put("day", 19_000);
        record.put("millis", 1_700_000_000_123L);
        record.put("micros", 1_700_000_000_123_456L);
        record.put("nanos", -1L);
        record.put("local", 1_700_000_000_000L);
        record.put("price", ByteBuffer.wrap(BigInteger.valueOf(-125_000).toByteArray()));
        record.put("total", new GenericData.Fixed(type("total"), new byte[] {0, 0, 0, 0, 0, 0, 0, 4, -46}));
        record.put("hash", new GenericData.Fixed(type("hash"), new byte[] {0, 1, -1, 16}));
        record.put("tags", Arrays.asList("x", null));
        record.put("parts", List.of(part(7, part(8, null))));
        record.put("counts", Map.of("n", part(9, null)));
        record.put("choice", Map.of("k", 3));

        assertThat(RecordText.json(record).toString())
                .isEqualTo("{\"text\":\"a \\\"b\\\"\",\"small\":-5,\"large\":9223372036854775807,\"single\":0.1,"
                        + "\"twice\":1.0E300,\"flag\":true,\"colour\":\"GREEN\",\"day\":\"2022-01-08\","
                        + "\"millis\":\"2023-11-14T22:13:20.123Z\",\"micros\":\"2023-11-14T22:13:20.123456Z\","
                        + "\"nanos\":\"1969-12-31T23:59:59.999999999Z\",\"local\":\"2023-11-14T22:13:20\","
                        + "\"price\":-12.5000,\"total\":12.34,\"hash\":\"0001ff10\",\"tags\":[\"x\",null],"
                        + "\"parts\":[{\"id\":7,\"inner\":{\"id\":8,\"inner\":null}}],"
                        + "\"counts\":{\"n\":{\"id\":9,\"inner\":null}},\"choice\":{\"k\":3}}");
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"BINARY", "SINGLE_OBJECT"})
    void hostileBytesAreARecordOrNothing(WireFormat format) {
        RecordWriter writer = new RecordWriter(SCHEMA, format);
        boolean single = format == WireFormat.SINGLE_OBJECT;
        long seed = 17;
        Random random = new Random(seed);
        byte[] good = writer.encode(record(random));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(2 * bytes.length)) : bytes;
            GenericRecord read = RecordText.read(bytes, writer.schema(), single);
            if (read == null) {
                refused++;
            } else {
                assertThat(RecordText.json(read).size())
                        .as("seed %d, case %d", seed, i)
                        .isEqualTo(19);
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(1_000, 19_999);
    }

    @Test
    void bytesOfAnotherSchemaOrWithSomethingBehindAreNoRecord() {
        byte[] good = WRITER.encode(record(new Random(5)));
        byte[] other = good.clone();
        other[4] ^= 1;

        assertThat(RecordText.read(good, WRITER.schema(), true)).isNotNull();
        assertThat(RecordText.read(other, WRITER.schema(), true)).isNull();
        assertThat(RecordText.read(Arrays.copyOf(good, good.length + 1), WRITER.schema(), true))
                .isNull();
        for (int length = 0; length < 12; length++) {
            assertThat(RecordText.read(Arrays.copyOf(good, length), WRITER.schema(), true))
                    .isNull();
            assertThat(RecordText.contractOf(Arrays.copyOf(good, length))).isNull();
        }
        assertThat(RecordText.contractOf(good)).isNull();
    }

    @Test
    void otherBytesAreHexadecimalAndADecimalOfNoBytesIsNull() {
        Schema schema = new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"b\", \"type\": \"bytes\"},"
                        + " {\"name\": \"d\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\","
                        + " \"precision\": 4, \"scale\": 1}}]}");
        GenericRecord record = new GenericData.Record(schema);
        record.put("b", ByteBuffer.wrap("é".getBytes(StandardCharsets.UTF_8)));
        record.put("d", ByteBuffer.wrap(new byte[0]));

        ObjectNode json = RecordText.json(record);

        assertThat(json.toString()).isEqualTo("{\"b\":\"c3a9\",\"d\":null}");
    }

    private static GenericRecord record(Random random) {
        GenericRecord record = new GenericData.Record(WRITER.schema());
        record.put("text", "é" + random.nextInt());
        record.put("small", random.nextInt());
        record.put("large", random.nextLong());
        record.put("single", random.nextFloat());
        record.put("twice", random.nextBoolean() ? null : random.nextGaussian() * Math.pow(10, random.nextInt(30)));
        record.put("flag", random.nextBoolean());
        record.put("colour", new GenericData.EnumSymbol(type("colour"), random.nextBoolean() ? "RED" : "GREEN"));
        record.put("day", random.nextInt(40_000) - 5_000);
        record.put("millis", random.nextBoolean() ? null : moment(random, 1));
        record.put("micros", moment(random, 1_000));
        record.put("nanos", moment(random, 1_000_000));
        record.put("local", moment(random, 1));
        record.put(
                "price",
                random.nextBoolean()
                        ? null
                        : ByteBuffer.wrap(
                                BigInteger.valueOf(random.nextLong() / 100).toByteArray()));
        byte[] total = new byte[9];
        ByteBuffer.wrap(total).put((byte) 0).putLong(random.nextInt(1_000_000));
        record.put("total", new GenericData.Fixed(type("total"), total));
        byte[] hash = new byte[4];
        random.nextBytes(hash);
        record.put("hash", new GenericData.Fixed(type("hash"), hash));
        record.put("tags", new ArrayList<>(Arrays.asList("a", null, "b").subList(0, random.nextInt(4))));
        record.put("parts", random.nextBoolean() ? List.of() : List.of(part(random.nextLong(), part(1, null))));
        Map<String, Object> counts = new HashMap<>();
        counts.put("one", random.nextBoolean() ? null : random.nextBoolean() ? 5L : part(6, null));
        record.put("counts", counts);
        record.put("choice", choice(random));
        return record;
    }

    private static Object choice(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "text";
            case 1 -> random.nextLong();
            case 2 -> 0.5 + random.nextInt(9);
            case 3 -> part(random.nextLong(), null);
            default -> null;
        };
    }

    private static long moment(Random random, long unitsPerMilli) {
        return 1_700_000_000_000L * unitsPerMilli + random.nextLong() % (1_000_000_000_000L * unitsPerMilli);
    }

    private static GenericRecord part(long id, GenericRecord inner) {
        GenericRecord part = new GenericData.Record(type("parts").getElementType());
        part.put("id", id);
        part.put("inner", inner);
        return part;
    }

    private static Schema type(String field) {
        return WRITER.schema().getField(field).schema();
    }
}

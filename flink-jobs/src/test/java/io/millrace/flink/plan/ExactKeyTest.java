/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.feature.HopProgram;
import io.millrace.pipeline.file.PipelineFile;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identifiers are not numbers: two longs that are one double are two keys. */
class ExactKeyTest {

    private static final long FIRST = (1L << 53) + 1;
    private static final long NOW = 1_700_000_000_000L;
    private static final String SCHEMA = """
            {"type": "record", "name": "Click", "fields": [
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "user", "type": ["null", "long"]},
              {"name": "shop", "type": "int"}
            ]}
            """;
    private static final String PIPELINE = """
            millrace: 1
            pipeline: clicks
            streams:
              clicks: { topic: clicks, schema: click.avsc, encoding: binary, id: user, event_time: { field: at } }
            score: clicks
            features:
              by_user: { count: true, by: user, over: 1h }
              by_both: { count: true, by: [shop, user], over: 1h }
            model: { name: clicks }
            outputs: { prefix: clicks }
            kafka: { bootstrap_servers: "localhost:9092" }
            """;

    @TempDir
    private Path directory;

    private FeatureContract contract;
    private EventDecoder decoder;

    @BeforeEach
    void read() throws IOException {
        Files.writeString(directory.resolve("click.avsc"), SCHEMA);
        Path file = Files.writeString(directory.resolve("pipeline.yaml"), PIPELINE);
        contract = FeatureContract.of(PipelineFile.read(file, Map.of()));
        decoder = EventDecoder.of(
                contract.spec().streams().get(0), 0, SCHEMA, contract.layouts().get(0));
    }

    @Test
    void keysAndIdsKeepEveryDigit() throws IOException {
        HopProgram byUser = contract.compileFeatures().hops().get(0);
        HopProgram byBoth = contract.compileFeatures().hops().get(1);
        for (long user : new long[] {FIRST, FIRST + 1, FIRST + 2, -FIRST, Long.MAX_VALUE, Long.MIN_VALUE, 0, 7}) {
            String digits = Long.toString(user);
            assertThat(click(user).id()).isEqualTo(digits);
            assertThat(byUser.key(click(user))).isEqualTo(digits);
            assertThat(byBoth.key(click(user))).isEqualTo("2:12" + digits.length() + ':' + digits);
        }
    }

    private Event click(long user) throws IOException {
        Schema schema = new Schema.Parser().parse(SCHEMA);
        GenericRecord datum = new GenericData.Record(schema);
        datum.put("at", NOW);
        datum.put("user", user);
        datum.put("shop", 12);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
        RawRecord raw =
                new RawRecord(new SourcePosition("clicks", 0, 0), NOW, null, out.toByteArray(), new RawHeader[0]);
        return ((Decoded.Accepted) decoder.decode(raw, NOW)).event();
    }
}

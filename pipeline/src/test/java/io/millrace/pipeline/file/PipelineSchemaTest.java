/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.yaml.YamlDocument;
import io.millrace.pipeline.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema refuses nothing that the reader takes, and what it can see of what the reader refuses. */
class PipelineSchemaTest {

    private static final int MUTANTS = 1_000;

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(PipelineFile.jsonSchema());

    private static List<Error> objections(String text) {
        Object document = json(YamlDocument.read(text, Map.of()));
        return SCHEMA.validate(((JsonObject) document).text(), InputFormat.JSON);
    }

    /** The document as an editor sees it: no variables put in. */
    private static Object json(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            JsonObject object = new JsonObject();
            mapping.entries().forEach(entry -> object.with(entry.name(), json(entry)));
            return object;
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream().map(PipelineSchemaTest::json).toList();
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        String written = scalar.written();
        return switch (new YamlNode.Scalar(scalar.place(), written, scalar.plain(), written, null).kind()) {
            case NOTHING -> new JsonLiteral("null");
            case BOOLEAN -> Boolean.valueOf(written);
            case NUMBER -> new BigDecimal(written);
            case TEXT -> written;
        };
    }

    /** A word that JSON writes without quotes. */
    private record JsonLiteral(String word) {
        @Override
        public String toString() {
            return word;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "whole.yaml"})
    void goodFiles(String name) {
        assertThat(objections(Pipelines.resource(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void mutantsThatTheReaderTakes(long seed) {
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String text = Mutant.of(Pipelines.resource("whole.yaml"), random);
            if (Pipelines.problems(text).isEmpty()) {
                taken++;
                assertThat(objections(text))
                        .as("seed %d, mutant %d:%n%s", seed, i, text)
                        .isEmpty();
            }
        }
        assertThat(taken).as("mutants that say anything").isGreaterThan(MUTANTS / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense: true",
                "order: sideways",
                "inputs: []",
                "inputs: [[]]",
                "inputs: [amount, amount]",
                "labels: {}",
                "alerts: []",
                "monitor: { window: 1 hour }",
                "monitor: { drift: { metrics: [] } }",
                "monitor:",
                "outputs: { encoding: confluent }",
                "outputs: { features: 1 }",
                "outputs: { prefix: a b }",
                "topics: { partitions: 0 }",
                "runtime: { parallelism: many }",
                "runtime: { flink: [] }",
                "kafka: { compression.type: [lz4] }"
            })
    void sectionsThatTheReaderRefuses(String line) {
        String text = Pipelines.resource("minimal.yaml") + line + "\n";

        assertThat(Pipelines.problems(text)).isNotEmpty();
        assertThat(objections(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by: c, over: 7d",
                "value: amount, sum: amount",
                "value: amount, over: 7d",
                "count: false, by: c, over: 7d",
                "sum: amount, over: 7d",
                "sum: amount, by: c, over: lifetime",
                "sum: amount, by: c, over: 7d, resolution: 5m",
                "sum: amount, by: c, over: 7d, self: false",
                "sum: amount, by: c, over: 7d, missing: average",
                "last: amount, by: c, count: 20",
                "category: channel"
            })
    void featuresThatTheReaderRefuses(String feature) {
        String text = Pipelines.resource("minimal.yaml").replace("value: amount", feature);

        assertThat(Pipelines.problems(text)).isNotEmpty();
        assertThat(objections(text)).isNotEmpty();
    }

    @Test
    void otherFormatsAreRefused() {
        assertThat(objections(Pipelines.resource("minimal.yaml").replace("millrace: 1", "millrace: 2")))
                .isNotEmpty();
    }
}

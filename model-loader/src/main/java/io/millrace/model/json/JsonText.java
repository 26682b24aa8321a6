/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON text to plain tree and back. The tree never names a class that is loaded. */
public final class JsonText {

    static final int MAX_DEPTH = 64;
    static final int MAX_STRING = 65_536;
    static final int MAX_TOKENS = 1_000_000;
    private static final int MAX_NUMBER = 64;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNameLength(MAX_STRING)
                            .maxNumberLength(MAX_NUMBER)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final DefaultPrettyPrinter LAYOUT =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private JsonText() {}

    /** The object that a file holds. */
    public static JsonObject object(String file, byte[] text) {
        JsonNode tree = tree(file, text);
        if (tree instanceof ObjectNode object) {
            return new JsonObject(file, "", object);
        }
        throw new ModelException(
                ModelException.Code.JSON,
                file + ": expected a JSON object, found " + JsonObject.shown(tree) + ". Write the bundle again.");
    }

    /** An object to fill and {@link #bytes}. */
    public static ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** UTF-8 text of the tree in the order of its keys; the same tree gives the same bytes. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return (MAPPER.writer(LAYOUT).writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plain tree always has a text", e);
        }
    }

    private static JsonNode tree(String file, byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ModelException(
                    ModelException.Code.JSON,
                    file + ": line " + line(e) + ": " + firstSentence(e.getOriginalMessage())
                            + ". Write the bundle again.",
                    e);
        } catch (IOException e) {
            throw new ModelException(ModelException.Code.JSON, file + ": not JSON text. Write the bundle again.", e);
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("not JSON");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}

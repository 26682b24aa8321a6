/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A profile as JSON, and back. What is read may come from anybody. */
public final class ReferenceProfileCodec {

    private static final int MOST_COLUMNS = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ReferenceProfileCodec() {}

    /** UTF-8; numbers to the last digit. */
    public static byte[] write(ReferenceProfile profile) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode features = root.putArray("features");
        profile.features().forEach(column -> features.add(ColumnCodec.write(column, JSON.createObjectNode())));
        put(root, "score", profile.score());
        put(root, "label", profile.label());
        if (profile.performance() != null) {
            root.set("performance", PerformanceCodec.write(profile.performance(), JSON.createObjectNode()));
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void put(ObjectNode root, String name, @Nullable ColumnProfile column) {
        if (column != null) {
            root.set(name, ColumnCodec.write(column, JSON.createObjectNode()));
        }
    }

    /** @throws ProfileException when it is no sound profile */
    public static ReferenceProfile read(byte[] text) {
        JsonNode root = tree(text);
        if (!(root.get("features") instanceof ArrayNode features)) {
            throw new ProfileException("features: expected a list of columns, found " + found(root.get("features")));
        }
        if (features.size() > MOST_COLUMNS) {
            throw new ProfileException("features: " + features.size() + " columns, at most " + MOST_COLUMNS);
        }
        List<ColumnProfile> columns = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            columns.add(ColumnCodec.read("features[" + i + "]", features.get(i)));
        }
        return new ReferenceProfile(columns, column(root, "score"), column(root, "label"), performance(root));
    }

    private static @Nullable ColumnProfile column(JsonNode root, String name) {
        JsonNode node = root.get(name);
        return node == null || node.isNull() ? null : ColumnCodec.read(name, node);
    }

    private static @Nullable ReferencePerformance performance(JsonNode root) {
        JsonNode node = root.get("performance");
        return node == null || node.isNull() ? null : PerformanceCodec.read(node);
    }

    private static JsonNode tree(byte[] text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (root.isObject()) {
                return root;
            }
            throw new ProfileException("expected an object, found " + found(root));
        } catch (JsonProcessingException malformed) {
            throw new ProfileException("is no JSON: " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String found(@Nullable JsonNode node) {
        return node == null ? "nothing" : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
}

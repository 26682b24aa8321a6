/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.schema.StreamSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a pipeline's streams, read from their files.
 *
 * @param texts as JSON, in the file's order
 * @param layouts the slots of each stream's events, in the same order
 */
record StreamSchemas(List<String> texts, List<EventLayout> layouts) {

    /** Reads them; a stream whose schema has a problem is left out. */
    static StreamSchemas read(PipelineDocument document, Problems problems) {
        StreamSchemas schemas = new StreamSchemas(new ArrayList<>(), new ArrayList<>());
        Set<String> keys = new HashSet<>();
        for (FeatureSpec feature : document.spec().features()) {
            if (feature instanceof FeatureSpec.Aggregate aggregate) {
                keys.addAll(aggregate.by());
            }
        }
        for (StreamSpec stream : document.spec().streams()) {
            String json = text(stream.schemaPath(document.directory()), stream, problems);
            EventLayout layout = json == null ? null : StreamSchema.check(stream, json, keys, problems);
            if (json != null && layout != null) {
                schemas.texts.add(json);
                schemas.layouts.add(layout);
            }
        }
        return schemas;
    }

    private static @Nullable String text(Path file, StreamSpec stream, Problems problems) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            problems.add(
                    "streams." + stream.name() + ".schema",
                    "no readable file '" + file + "'. Put the Avro schema there, or correct the name.");
            return null;
        }
    }
}

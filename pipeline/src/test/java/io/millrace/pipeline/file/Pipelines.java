/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Pipeline files for the tests, and what is wrong with a text. */
final class Pipelines {

    static final Path FILE = Path.of("pipeline.yaml");

    static final Map<String, String> ENVIRONMENT =
            Map.of("KAFKA_PASSWORD", "kafka-sesame", "KEYSTORE_PASSWORD", "keystore-sesame", "S3_SECRET", "s3-sesame");

    private Pipelines() {}

    /** A file of {@code src/test/resources/pipeline}. */
    static String resource(String name) {
        try (InputStream stream = Pipelines.class.getResourceAsStream("/pipeline/" + name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PipelineDocument read(String text) {
        return PipelineFile.examine(FILE, text, ENVIRONMENT);
    }

    /** What is wrong with a text, as it is shown to a person; empty when nothing is. */
    static List<String> problems(String text) {
        try {
            PipelineDocument document = read(text);
            return document.problems().stream()
                    .map(problem -> problem.line(FILE))
                    .toList();
        } catch (PipelineException e) {
            return e.lines();
        }
    }

    /** The minimal file with one line replaced, and what is then wrong. */
    static List<String> problemsWith(String line, String replacement) {
        String minimal = resource("minimal.yaml");
        if (!minimal.contains(line)) {
            throw new IllegalArgumentException("the minimal file has no '" + line + "'");
        }
        return problems(minimal.replace(line, replacement));
    }

    /** The minimal file with lines added, and what is then wrong. */
    static List<String> problemsWithAlso(String lines) {
        return problems(resource("minimal.yaml") + lines);
    }
}

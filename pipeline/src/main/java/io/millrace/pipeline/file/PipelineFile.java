/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import io.millrace.pipeline.grammar.JsonObject;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.grammar.Reference;
import io.millrace.pipeline.problem.LocatedProblem;
import io.millrace.pipeline.problem.Position;
import io.millrace.pipeline.problem.Problem;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.section.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.yaml.YamlDocument;
import io.millrace.pipeline.yaml.YamlException;
import io.millrace.pipeline.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads pipeline files. */
public final class PipelineFile {

    private static final int MOST_BYTES = 1 << 20;
    private static final JsonObject VARIABLE = JsonObject.of("description", "Text with an environment variable in it.")
            .with("type", "string")
            .with("pattern", "\\$\\{");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PipelineFile() {}

    /**
     * Reads a file that must be right.
     *
     * @param environment what <code>${NAME}</code> in the file stands for
     * @throws PipelineException with every problem
     */
    public static PipelineDocument read(Path file, Map<String, String> environment) {
        PipelineDocument document = examine(file, environment);
        document.fail(new Problems());
        return document;
    }

    /**
     * Reads a file whose problems are to be shown together with those that later checks find: {@link
     * PipelineDocument#fail} throws them all.
     *
     * @throws PipelineException with every problem, when they leave no whole spec to check further
     */
    public static PipelineDocument examine(Path file, Map<String, String> environment) {
        return examine(file, text(file), environment);
    }

    static PipelineDocument examine(Path file, String text, Map<String, String> environment) {
        YamlNode.Mapping root = root(file, text, environment);
        Reading reading = new Reading();
        PipelineSpec spec = PipelineReader.read(root, reading);
        if (spec == null) {
            throw PipelineException.of(file, reading.problems());
        }
        return new PipelineDocument(file, text, spec, new SourceMap(root), reading.problems());
    }

    /** The JSON Schema of the file, for editors; variables may stand wherever they may in the file. */
    public static String jsonSchema() {
        return JsonObject.of("$schema", "http://json-schema.org/draft-07/schema#")
                .with("title", "Millrace pipeline file")
                .withAll(PipelineReader.FILE.schema())
                .with("definitions", JsonObject.of("variable", VARIABLE))
                .text();
    }

    /** Every key with its type, its default and its meaning, in Markdown. */
    public static String reference() {
        return Reference.of(PipelineReader.FILE);
    }

    private static YamlNode.Mapping root(Path file, String text, Map<String, String> environment) {
        try {
            return YamlDocument.read(text, environment);
        } catch (YamlException e) {
            throw refusal(file, e.position(), String.valueOf(e.getMessage()));
        }
    }

    private static String text(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw refusal(file, "larger than 1 MiB, which no pipeline file is. Give the pipeline file.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw refusal(file, "no such file. Give the path of a pipeline file.");
        } catch (CharacterCodingException e) {
            throw refusal(file, "not UTF-8 text. Save it as UTF-8.");
        } catch (IOException e) {
            throw refusal(file, "cannot be read: " + e.getMessage() + ".");
        }
    }

    private static PipelineException refusal(Path file, String message) {
        return new PipelineException(List.of(file + ": " + message));
    }

    private static PipelineException refusal(Path file, Position position, String message) {
        return PipelineException.of(file, List.of(new LocatedProblem(position, new Problem("", message))));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** An Avro schema in a file that a person named. */
final class SchemaFile {

    private SchemaFile() {}

    /**
     * Reads the schema of a record.
     *
     * @throws CommandException when the file cannot be read, or holds none
     */
    static Schema read(Path file) {
        Schema schema = parse(file, text(file));
        if (schema.getType() != Schema.Type.RECORD) {
            throw refused(file, ": is the schema of a " + schema.getType().getName() + ". Give that of a record.");
        }
        return schema;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw refused(file, " cannot be read. Give the Avro schema with --schema.");
        }
    }

    private static Schema parse(Path file, String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException invalid) {
            if (invalid.getCause() instanceof JsonProcessingException json && json.getLocation() != null) {
                throw refused(
                        file,
                        ":" + json.getLocation().getLineNr() + ":"
                                + json.getLocation().getColumnNr() + " not JSON: " + json.getOriginalMessage() + ".");
            }
            throw refused(file, ": not an Avro schema: " + invalid.getMessage() + ".");
        }
    }

    private static CommandException refused(Path file, String why) {
        return new CommandException(ExitCode.PROBLEMS, file + why);
    }
}

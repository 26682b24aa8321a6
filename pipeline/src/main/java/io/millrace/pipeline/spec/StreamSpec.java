/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.spec;

import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One input stream.
 *
 * @param schema the Avro schema file as written, relative to the pipeline file
 * @param id the field that identifies an event; null: header {@code ce_id}, else topic-partition-offset
 */
public record StreamSpec(
        String name,
        String topic,
        String schema,
        WireFormat encoding,
        @Nullable String id,
        EventTimeSpec eventTime) implements Serializable {

    /** The schema file, found from the directory of the pipeline file. */
    public Path schemaPath(Path pipelineDirectory) {
        return pipelineDirectory.resolve(schema).normalize();
    }
}

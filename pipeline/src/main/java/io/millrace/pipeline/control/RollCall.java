/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

import io.millrace.pipeline.record.ModelVersion;
import java.util.List;

/**
 * A subtask reports before it scores its first event. It reads the topic at least this far first, so it knows every decision
 * that was made before; and from here on no vote of an earlier execution counts.
 *
 * @param fresh whether the job began without state
 * @param base the version that the alias named when the job was planned
 * @param others the versions that the alias named of the models that a field chooses, when the job was planned
 */
public record RollCall(
        Epoch epoch, int subtask, int parallelism, boolean fresh, ModelVersion base, List<ModelVersion> others)
        implements ControlEntry {

    public RollCall {
        others = List.copyOf(others);
    }

    /** A pipeline with one model. */
    public RollCall(Epoch epoch, int subtask, int parallelism, boolean fresh, ModelVersion base) {
        this(epoch, subtask, parallelism, fresh, base, List.of());
    }
}

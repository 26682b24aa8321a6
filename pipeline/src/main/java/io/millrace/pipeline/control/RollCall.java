/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

import io.millrace.pipeline.record.ModelVersion;

/**
 * A subtask reports before it scores its first event. It reads the topic at least this far first, so it knows every decision
 * that was made before; and from here on no vote of an earlier execution counts.
 *
 * @param fresh whether the job began without state
 * @param base the version that the alias named when the job was planned
 */
public record RollCall(Epoch epoch, int subtask, int parallelism, boolean fresh, ModelVersion base)
        implements ControlEntry {}

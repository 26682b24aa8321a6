/**
 * Commands that change which model scores in a running pipeline.
 *
 * <p>Enters: a pipeline file, and what the operator wants. Leaves: a command on the control topic, what became of it, and the
 * alias that follows. Never here: who may score what ({@code io.millrace.model.rollout}).
 */
@NullMarked
package io.millrace.cli.rollout;

import org.jspecify.annotations.NullMarked;

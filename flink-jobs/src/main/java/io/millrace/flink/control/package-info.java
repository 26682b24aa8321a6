/**
 * The control topic as a log: what every subtask of the scorer reads before its first event, follows while it runs, and
 * writes its votes to.
 *
 * <p>Enters: control entries to write. Leaves: the log's entries with their positions, in order. Never here: what follows
 * from them ({@code io.millrace.model.rollout}).
 */
@NullMarked
package io.millrace.flink.control;

import org.jspecify.annotations.NullMarked;

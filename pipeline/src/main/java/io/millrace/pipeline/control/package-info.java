/**
 * What stands on a pipeline's control topic: commands of its operators, and what the job's subtasks say to one another about
 * them.
 *
 * <p>Enters: decoded records of the topic. Leaves: the same, for an encoder. Never here: what follows from them, which is
 * the ledger's ({@code io.millrace.model.rollout}), and clocks.
 */
@NullMarked
package io.millrace.pipeline.control;

import org.jspecify.annotations.NullMarked;

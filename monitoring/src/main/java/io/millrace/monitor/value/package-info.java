/**
 * What decisions were worth.
 *
 * <p>Enters: scores, decisions and labels with what each outcome is worth, already evaluated. Leaves: panes, bytes, the
 * realised value, the best threshold in hindsight, signals. Never here: the expressions that give the worth.
 */
@NullMarked
package io.millrace.monitor.value;

import org.jspecify.annotations.NullMarked;

/**
 * Whether a challenger is promoted: decisions that may be watched all the time.
 *
 * <p>Enters: what champion and challenger were worth, event by event in one order, and their latency and errors. Leaves:
 * PROMOTE, ROLLBACK or CONTINUE with the reason; state bytes. Never here: how a promotion is carried out, clocks.
 */
@NullMarked
package io.millrace.monitor.decision;

import org.jspecify.annotations.NullMarked;

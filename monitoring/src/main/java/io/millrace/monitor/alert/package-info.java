/**
 * When somebody should be told.
 *
 * <p>Enters: the signals of a window, and rules. Leaves: {@link io.millrace.pipeline.record.Alert alerts}, opened and closed
 * as pairs, and the state between windows with its bytes. Never here: how a signal is measured, clocks.
 */
@NullMarked
package io.millrace.monitor.alert;

import org.jspecify.annotations.NullMarked;

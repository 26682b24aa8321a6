/**
 * How a measured number becomes a signal.
 *
 * <p>Enters: the window, version and segment that a pane belongs to, and a number with its definition. Leaves: {@link
 * io.millrace.pipeline.record.MonitoringSignal}. Never here: formulas.
 */
@NullMarked
package io.millrace.monitor.signal;

import org.jspecify.annotations.NullMarked;

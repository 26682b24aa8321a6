/**
 * Detectors of change that read one number after the other.
 *
 * <p>Enters: numbers in one fixed order, so they run at one ordered place. Leaves: whether the mean changed, and the bytes of
 * their state. Never here: panes that merge, windows, clocks.
 */
@NullMarked
package io.millrace.monitor.detector;

import org.jspecify.annotations.NullMarked;

/**
 * How good classes, numbers and rankings were, once the truth is known. (Yes-or-no predictions are in {@code binary}.)
 *
 * <p>Enters: predictions and their labels. Leaves: mergeable panes, their bytes, signals. Never here: how labels are joined,
 * clocks, sums that depend on the order of events.
 */
@NullMarked
package io.millrace.monitor.performance;

import org.jspecify.annotations.NullMarked;

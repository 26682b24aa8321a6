/**
 * How good yes-or-no predictions probably are, before any label is known: confidence-based estimation (CBPE).
 *
 * <p>Enters: scores and decisions, the curve that calibrates them, and what was measured on reference rows. Leaves: estimated
 * metrics with their intervals, panes, bytes, signals. It holds while the relation of inputs and labels stands; comparing it
 * with what was realised tells when that changed. Never here: labels of the stream.
 */
@NullMarked
package io.millrace.monitor.performance.estimate;

import org.jspecify.annotations.NullMarked;

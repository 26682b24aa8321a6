/**
 * How good yes-or-no predictions were, once their labels are known.
 *
 * <p>Enters: scores, decisions and labels. Leaves: {@link io.millrace.monitor.performance.binary.BinaryPane panes} of counts
 * on fixed edges, their bytes, and signals. Formulas stand alone over counts ({@code BinaryMetrics}) and over sorted samples
 * ({@code SampleMetrics}). Never here: how labels are joined, clocks, sums that depend on the order of events.
 */
@NullMarked
package io.millrace.monitor.performance.binary;

import org.jspecify.annotations.NullMarked;

/**
 * Sums and samples that are the same in any order of events and of merges.
 *
 * <p>Enters: numbers. Leaves: their sum, their bin, the numbers themselves in ascending order, and the bytes of all of
 * these. Never here: what the numbers mean, and sums of floating point that depend on the order.
 */
@NullMarked
package io.millrace.monitor.exact;

import org.jspecify.annotations.NullMarked;

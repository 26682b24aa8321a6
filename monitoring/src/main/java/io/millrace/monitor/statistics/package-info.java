/**
 * Tests of statistics that several monitors need.
 *
 * <p>Enters: statistics and p-values. Leaves: probabilities and what is rejected. Never here: what is being tested.
 */
@NullMarked
package io.millrace.monitor.statistics;

import org.jspecify.annotations.NullMarked;

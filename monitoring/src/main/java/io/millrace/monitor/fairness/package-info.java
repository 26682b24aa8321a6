/**
 * Whether decisions differ between groups of events.
 *
 * <p>Enters: decisions against labels, by group. Leaves: differences and ratios, signals. Never here: who belongs where.
 */
@NullMarked
package io.millrace.monitor.fairness;

import org.jspecify.annotations.NullMarked;

/**
 * Accuracy that knows its labels are late.
 *
 * <p>Enters: predictions, and the positives that were reported so far with their delays. Leaves: the naive, the matured and
 * the corrected metric, the latter with its interval, and a test of what the correction assumes. A label that is missing
 * means negative. Never here: clocks; "now" comes in by the door.
 */
@NullMarked
package io.millrace.monitor.late;

import org.jspecify.annotations.NullMarked;

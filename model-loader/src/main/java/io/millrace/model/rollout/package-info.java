/**
 * Which version scores which event: a function of the control topic's records in their order, the same wherever it is
 * computed.
 *
 * <p>Enters: control entries. Leaves: regimes by event time, and what was decided. Never here: Kafka, threads, clocks, and
 * the loading of bundles.
 */
@NullMarked
package io.millrace.model.rollout;

import org.jspecify.annotations.NullMarked;

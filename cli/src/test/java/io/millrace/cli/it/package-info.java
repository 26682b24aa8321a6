/**
 * What the engine promises, shown on a real broker, in real processes.
 *
 * <p>Enters: the pipeline in the test resources and seeded streams for it. Leaves: verdicts on every single record. Never
 * here: what one room can show by itself.
 */
@NullMarked
package io.millrace.cli.it;

import org.jspecify.annotations.NullMarked;

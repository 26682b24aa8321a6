/**
 * The doors of the control topic and of the model events.
 *
 * <p>Enters and leaves: control entries and their bytes; model events, as bytes. Never here: what follows from them.
 */
@NullMarked
package io.millrace.schema.control;

import org.jspecify.annotations.NullMarked;

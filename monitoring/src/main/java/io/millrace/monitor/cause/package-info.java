/**
 * Why a model is worse, or is not: estimated against realised performance.
 *
 * <p>Enters: what was estimated before the labels came, what was realised, and whether the inputs moved. Leaves: a cause.
 * Never here: how any of it is measured.
 */
@NullMarked
package io.millrace.monitor.cause;

import org.jspecify.annotations.NullMarked;

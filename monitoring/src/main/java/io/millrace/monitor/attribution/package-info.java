/**
 * What moved the score: the change of its mean, told by the change of mean attributions.
 *
 * <p>Enters: attributions of sampled events with their scores, and reference means. Leaves: panes, bytes, signals. Never here:
 * how an attribution is computed.
 */
@NullMarked
package io.millrace.monitor.attribution;

import org.jspecify.annotations.NullMarked;

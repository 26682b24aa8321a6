/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.DeadLetter;
import io.millrace.pipeline.record.Event;

/** What became of a record: an event, or a dead letter that says why not. */
public sealed interface Decoded {

    record Accepted(Event event) implements Decoded {}

    record Refused(DeadLetter deadLetter) implements Decoded {}
}

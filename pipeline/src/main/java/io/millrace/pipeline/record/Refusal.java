/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/** A record that leaves without a prediction: its original bytes are written back with the reason. */
public sealed interface Refusal permits DeadLetter, LateRecord {
    RawRecord raw();
}

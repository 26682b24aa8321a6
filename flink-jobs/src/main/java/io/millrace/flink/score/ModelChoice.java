/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FieldText;
import org.jspecify.annotations.Nullable;

/** What chooses an event's model where a pipeline has several: the text of a field. */
final class ModelChoice {

    private final @Nullable FieldText field;

    ModelChoice(InferencePlan plan) {
        this.field = plan.modelField();
    }

    /** The field's text; null where it is missing, and where no field chooses. */
    @Nullable
    String value(Event event) {
        return field == null ? null : field.of(event.numbers(), event.texts());
    }
}

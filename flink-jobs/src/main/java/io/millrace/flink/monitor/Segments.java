/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.FieldText;
import java.util.List;
import java.util.Objects;

/** The fields of the scored stream whose values are counted by themselves, found once. */
public final class Segments {

    private static final String MISSING = "(missing)";
    private static final int LONGEST = 200;
    private static final String[] NONE = {};

    private final FieldText[] fields;

    public Segments(InferencePlan plan) {
        List<String> names = plan.spec().monitor() == null
                ? List.of()
                : plan.spec().monitor().segments();
        EventLayout layout = plan.layouts().get(plan.scored());
        fields = new FieldText[names.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new FieldText(layout, Objects.requireNonNull(layout.field(names.get(i)), names.get(i)));
        }
    }

    int size() {
        return fields.length;
    }

    String field(int segment) {
        return fields[segment].field().name();
    }

    String value(int segment, Event event) {
        String text = fields[segment].of(event.numbers(), event.texts());
        if (text == null) {
            return MISSING;
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** Field and value, in turn. */
    public String[] of(Event event) {
        if (fields.length == 0) {
            return NONE;
        }
        String[] all = new String[2 * fields.length];
        for (int i = 0; i < fields.length; i++) {
            all[2 * i] = field(i);
            all[2 * i + 1] = value(i, event);
        }
        return all;
    }
}

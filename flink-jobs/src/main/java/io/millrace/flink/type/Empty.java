/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.Ranking;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;

/** Records without content, for {@code createInstance}, which Flink asks of every serializer. */
final class Empty {

    private Empty() {}

    static RawRecord raw() {
        return new RawRecord(new SourcePosition("", 0, 0), 0, null, null, new RawHeader[0]);
    }

    static Event event() {
        return new Event(0, "", 0, new double[0], new String[0], raw(), 0);
    }

    static Prediction prediction() {
        return new Prediction(
                "",
                "",
                null,
                0,
                "",
                new ModelVersion("", "", ""),
                "",
                "",
                raw().position(),
                0,
                new float[0],
                null,
                null,
                Ranking.NONE,
                null,
                new String[0],
                new Object[0],
                0,
                0);
    }
}

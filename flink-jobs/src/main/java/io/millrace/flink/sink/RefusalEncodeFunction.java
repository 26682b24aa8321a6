/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Refusal;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.RefusalEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Dead letters and late records to records that hold the original. */
public final class RefusalEncodeFunction extends RichMapFunction<Refusal, OutputRecord> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private transient RefusalEncoder encoder;

    public RefusalEncodeFunction(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        encoder = plan.refusalEncoder();
    }

    @Override
    public OutputRecord map(Refusal refusal) {
        return encoder.encode(refusal);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.control.ControlLog;
import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Scored;
import io.millrace.schema.OutputRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** Makes a {@link ScoreOperator} with the mailbox of its task, by which it learns that nothing more is waiting. */
public final class ScoreOperatorFactory extends AbstractStreamOperatorFactory<Scored>
        implements OneInputStreamOperatorFactory<KeyedVector, Scored> {

    /** Model events and what shadows say, encoded: for the service sink. */
    public static final OutputTag<OutputRecord> SERVICE = ScoreOperator.SERVICE;

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final ControlLog.Factory controlLog;

    public ScoreOperatorFactory(InferencePlan plan, ControlLog.Factory controlLog) {
        this.plan = plan;
        this.controlLog = controlLog;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // Flink's own signature; the factory makes one class of operator, whose type Flink asks back
    public <T extends StreamOperator<Scored>> T createStreamOperator(StreamOperatorParameters<Scored> parameters) {
        return (T) new ScoreOperator(parameters, plan, controlLog, parameters.getMailboxExecutor());
    }

    @Override
    @SuppressWarnings("rawtypes") // Flink's own signature
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ScoreOperator.class;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.Scored;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes an {@link ExplainOperator} with the mailbox of its task, to which explanations come back. */
public final class ExplainOperatorFactory extends AbstractStreamOperatorFactory<Scored>
        implements OneInputStreamOperatorFactory<Scored, Scored> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;

    public ExplainOperatorFactory(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // Flink's own signature; the factory makes one class of operator, whose type Flink asks back
    public <T extends StreamOperator<Scored>> T createStreamOperator(StreamOperatorParameters<Scored> parameters) {
        return (T) new ExplainOperator(parameters, plan, parameters.getMailboxExecutor());
    }

    @Override
    @SuppressWarnings("rawtypes") // Flink's own signature
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ExplainOperator.class;
    }
}

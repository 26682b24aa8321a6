/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.feature.FeatureProgram;
import io.millrace.feature.HopProgram;
import io.millrace.flink.explain.ExplainOperatorFactory;
import io.millrace.flink.feature.FeatureFunction;
import io.millrace.flink.feature.KeyedVector;
import io.millrace.flink.feature.RouteFunction;
import io.millrace.flink.label.LabelJoinFunction;
import io.millrace.flink.label.LabelRouteFunction;
import io.millrace.flink.label.PendingFunction;
import io.millrace.flink.monitor.OutcomePaneOperator;
import io.millrace.flink.monitor.PaneOperator;
import io.millrace.flink.monitor.PaneSerializer;
import io.millrace.flink.monitor.SignalFunction;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.score.ScoreOperatorFactory;
import io.millrace.flink.sink.PredictionEncodeFunction;
import io.millrace.flink.sink.RefusalEncodeFunction;
import io.millrace.flink.source.AdmissionFunction;
import io.millrace.flink.type.KeyedVectorSerializer;
import io.millrace.flink.type.OutcomeSerializer;
import io.millrace.flink.type.OutputRecordSerializer;
import io.millrace.flink.type.PendingOutcomeSerializer;
import io.millrace.flink.type.ScoredSerializer;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.pipeline.record.Outcome;
import io.millrace.pipeline.record.PendingOutcome;
import io.millrace.pipeline.record.Refusal;
import io.millrace.pipeline.record.Scored;
import io.millrace.schema.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole graph: source, feature, score, monitor, explain, sink. Bounded or not, in tests or not, only its ends differ. */
public final class InferenceTopology {

    private final InferencePlan plan;
    private final FeatureProgram program;
    private final List<SingleOutputStreamOperator<KeyedVector>> admitted = new ArrayList<>();

    private InferenceTopology(InferencePlan plan) {
        this.plan = plan;
        this.program = plan.compileFeatures();
    }

    public static void build(StreamExecutionEnvironment environment, InferencePlan plan, Ends ends) {
        new InferenceTopology(plan).connect(environment, ends);
    }

    private void connect(StreamExecutionEnvironment environment, Ends ends) {
        admit(environment, ends);
        SingleOutputStreamOperator<Scored> scored = score(enrich(), ends);
        SingleOutputStreamOperator<Scored> monitored = monitor(scored);
        SingleOutputStreamOperator<OutputRecord> predictions = encodePredictions(explain(monitored));
        DataStream<Refusal> refusals = refusals(scored, predictions);
        DataStream<OutputRecord> service = scored.getSideOutput(ScoreOperatorFactory.SERVICE);
        if (plan.spec().monitor() != null) {
            DataStream<MonitorPane> panes = monitored.getSideOutput(PaneOperator.PANES);
            if (plan.spec().labels() != null) {
                SingleOutputStreamOperator<Outcome> outcomes = label(monitored);
                refusals = refusals.union(outcomes.getSideOutput(AdmissionFunction.REFUSED));
                panes = panes.union(count(outcomes));
            }
            service = service.union(signals(panes));
        }
        service = service.union(encodeRefusals(refusals));
        ends.sink(predictions, "prediction");
        ends.sink(service, "service");
    }

    /** Source: every stream, decoded and admitted. */
    private void admit(StreamExecutionEnvironment environment, Ends ends) {
        for (int stream = 0; stream < plan.spec().streams().size(); stream++) {
            String name = plan.spec().streams().get(stream).name();
            admitted.add(ends.source(environment, stream)
                    .process(new AdmissionFunction(plan, stream))
                    .returns(KeyedVectorSerializer.TYPE)
                    .name(OperatorIds.admission(name))
                    .uid(OperatorIds.admission(name)));
        }
    }

    /** Feature: the scored stream through its keyed hops, other streams joining where they are needed. */
    private DataStream<KeyedVector> enrich() {
        DataStream<KeyedVector> vectors = admitted.get(plan.scored());
        for (int hop = 0; hop < program.hops().size(); hop++) {
            HopProgram keyed = program.hops().get(hop);
            String key = String.join("-", keyed.by());
            DataStream<KeyedVector> arriving = route(vectors, plan.scored(), hop, key);
            for (int stream : keyed.streams()) {
                if (stream != plan.scored()) {
                    arriving = arriving.union(route(admitted.get(stream), stream, hop, key));
                }
            }
            vectors = arriving.keyBy(KeyedVector::key, Types.STRING)
                    .process(new FeatureFunction(plan, hop))
                    .returns(KeyedVectorSerializer.TYPE)
                    .name(OperatorIds.feature(key))
                    .uid(OperatorIds.feature(key));
        }
        return vectors;
    }

    private DataStream<KeyedVector> route(DataStream<KeyedVector> vectors, int stream, int hop, String key) {
        String id = OperatorIds.route(plan.spec().streams().get(stream).name(), key);
        return vectors.map(new RouteFunction(plan, hop))
                .returns(KeyedVectorSerializer.TYPE)
                .name(id)
                .uid(id);
    }

    private SingleOutputStreamOperator<Scored> score(DataStream<KeyedVector> vectors, Ends ends) {
        return vectors.transform(
                        OperatorIds.SCORE, ScoredSerializer.TYPE, new ScoreOperatorFactory(plan, ends.controlLog()))
                .uid(OperatorIds.SCORE);
    }

    private SingleOutputStreamOperator<Scored> monitor(SingleOutputStreamOperator<Scored> scored) {
        if (plan.spec().monitor() == null) {
            return scored;
        }
        return scored.transform(OperatorIds.MONITOR, ScoredSerializer.TYPE, new PaneOperator(plan))
                .uid(OperatorIds.MONITOR);
    }

    /** On the way to the sink only: labels and monitors do not wait for reasons. */
    private SingleOutputStreamOperator<Scored> explain(SingleOutputStreamOperator<Scored> scored) {
        if (plan.spec().explain() == null) {
            return scored;
        }
        return scored.transform(OperatorIds.EXPLAIN, ScoredSerializer.TYPE, new ExplainOperatorFactory(plan))
                .uid(OperatorIds.EXPLAIN);
    }

    private SingleOutputStreamOperator<OutputRecord> encodePredictions(DataStream<Scored> scored) {
        return scored.process(new PredictionEncodeFunction(plan))
                .returns(OutputRecordSerializer.TYPE)
                .name(OperatorIds.ENCODE_PREDICTION)
                .uid(OperatorIds.ENCODE_PREDICTION);
    }

    /** What leaves without a prediction, from every step that may refuse. */
    private DataStream<Refusal> refusals(
            SingleOutputStreamOperator<Scored> scored, SingleOutputStreamOperator<OutputRecord> predictions) {
        DataStream<Refusal> refusals = scored.getSideOutput(AdmissionFunction.REFUSED)
                .union(predictions.getSideOutput(AdmissionFunction.REFUSED));
        for (SingleOutputStreamOperator<KeyedVector> stream : admitted) {
            refusals = refusals.union(stream.getSideOutput(AdmissionFunction.REFUSED));
        }
        return refusals;
    }

    private DataStream<OutputRecord> encodeRefusals(DataStream<Refusal> refusals) {
        return refusals.map(new RefusalEncodeFunction(plan))
                .returns(OutputRecordSerializer.TYPE)
                .name(OperatorIds.ENCODE_REFUSAL)
                .uid(OperatorIds.ENCODE_REFUSAL);
    }

    /** Predictions meet what turned out to be true. */
    private SingleOutputStreamOperator<Outcome> label(DataStream<Scored> scored) {
        DataStream<PendingOutcome> pending = scored.flatMap(new PendingFunction(plan))
                .returns(PendingOutcomeSerializer.TYPE)
                .name(OperatorIds.PENDING)
                .uid(OperatorIds.PENDING);
        DataStream<KeyedVector> labels = admitted.get(plan.labelStream())
                .flatMap(new LabelRouteFunction(plan))
                .returns(KeyedVectorSerializer.TYPE)
                .name(OperatorIds.LABEL_ROUTE)
                .uid(OperatorIds.LABEL_ROUTE);
        return pending.keyBy(PendingOutcome::key, Types.STRING)
                .connect(labels.keyBy(KeyedVector::key, Types.STRING))
                .process(new LabelJoinFunction(plan))
                .returns(OutcomeSerializer.TYPE)
                .name(OperatorIds.LABEL)
                .uid(OperatorIds.LABEL);
    }

    private DataStream<MonitorPane> count(DataStream<Outcome> outcomes) {
        return outcomes.transform(OperatorIds.OUTCOME, PaneSerializer.TYPE, new OutcomePaneOperator(plan))
                .uid(OperatorIds.OUTCOME);
    }

    private DataStream<OutputRecord> signals(DataStream<MonitorPane> panes) {
        return panes.keyBy(pane -> pane.key().series(), Types.STRING)
                .process(new SignalFunction(plan))
                .returns(OutputRecordSerializer.TYPE)
                .name(OperatorIds.SIGNAL)
                .uid(OperatorIds.SIGNAL);
    }
}

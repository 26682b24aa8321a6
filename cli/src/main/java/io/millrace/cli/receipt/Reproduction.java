/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.receipt;

import io.millrace.feature.FeatureProgram;
import io.millrace.feature.replay.Recollection;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.receipt.Doubt;
import io.millrace.flink.plan.receipt.ReceiptCheck;
import io.millrace.flink.plan.receipt.Verdict;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.Order;
import io.millrace.schema.Decoded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes predictions again from their source events, in one pass over the input topics, and says what came of each. */
final class Reproduction implements AutoCloseable {

    private final FeatureContract contract;
    private final SourceTopics topics;
    private final ReceiptCheck check;
    private final IdentityHashMap<Prediction, Verdict> verdicts = new IdentityHashMap<>();
    private int events;

    Reproduction(FeatureContract contract, SourceTopics topics) {
        this.contract = contract;
        this.topics = topics;
        this.check = new ReceiptCheck(contract);
    }

    /** One verdict for each prediction, in their order. */
    List<Verdict> verdicts(List<Prediction> predictions) {
        Map<SourcePosition, List<Prediction>> open = withoutSources(predictions);
        Map<SourcePosition, Event> sources = sources(open);
        if (!sources.isEmpty()) {
            replay(open, sources);
        }
        return predictions.stream().map(this::verdict).toList();
    }

    /** How many events of the input topics were processed again. */
    int events() {
        return events;
    }

    private Verdict verdict(Prediction prediction) {
        Verdict verdict = verdicts.get(prediction);
        return verdict == null ? gone(prediction, "its record was deleted meanwhile") : verdict;
    }

    private Map<SourcePosition, List<Prediction>> withoutSources(List<Prediction> predictions) {
        Map<SourcePosition, List<Prediction>> open = new LinkedHashMap<>();
        for (Prediction prediction : predictions) {
            Verdict verdict = check.withoutSources(prediction);
            String topic = prediction.source().topic();
            if (verdict == null && !topic.equals(topics.scoredTopic())) {
                verdict = gone(prediction, "the pipeline file reads that stream from " + topics.scoredTopic());
            }
            if (verdict == null) {
                open.computeIfAbsent(prediction.source(), absent -> new ArrayList<>(1))
                        .add(prediction);
            } else {
                verdicts.put(prediction, verdict);
            }
        }
        return open;
    }

    private Map<SourcePosition, Event> sources(Map<SourcePosition, List<Prediction>> open) {
        Map<SourcePosition, Event> sources = new HashMap<>();
        if (open.isEmpty()) {
            return sources;
        }
        topics.find(open.keySet()).forEach((position, found) -> {
            for (Prediction prediction : open.getOrDefault(position, List.of())) {
                Verdict verdict = ofSource(prediction, found);
                if (verdict != null) {
                    verdicts.put(prediction, verdict);
                } else if (found.decoded() instanceof Decoded.Accepted accepted) {
                    sources.put(position, accepted.event());
                }
            }
        });
        return sources;
    }

    private @Nullable Verdict ofSource(Prediction prediction, SourceTopics.Found found) {
        if (found.decoded() instanceof Decoded.Accepted accepted) {
            return check.ofSource(prediction, accepted.event());
        }
        if (found.decoded() instanceof Decoded.Refused refused) {
            return check.ofRefusedSource(
                    prediction, refused.deadLetter().reason().name());
        }
        return gone(prediction, found.missing());
    }

    private void replay(Map<SourcePosition, List<Prediction>> open, Map<SourcePosition, Event> sources) {
        FeatureProgram program = contract.compileFeatures();
        Recollection recollection = new Recollection(contract.spec(), program, contract.scored(), sources.values());
        topics.recall(recollection, program, sources.keySet());
        events = recollection.events();
        recollection.replay((position, vector) -> {
            for (Prediction prediction : open.getOrDefault(position, List.of())) {
                if (!verdicts.containsKey(prediction)) {
                    verdicts.put(
                            prediction, check.check(prediction, vector, doubt(recollection, sources.get(position))));
                }
            }
        });
    }

    private Doubt doubt(Recollection recollection, @Nullable Event source) {
        if (source == null) {
            throw new IllegalStateException("a vector for an event that nobody asked for");
        }
        return new Doubt(
                recollection.gap(source),
                recollection.undecided(source),
                contract.spec().order() == Order.ARRIVAL);
    }

    private Verdict gone(Prediction prediction, String found) {
        SourcePosition source = prediction.source();
        return check.withoutSource(
                prediction,
                "its source event at " + source.topic() + "-" + source.partition() + " offset " + source.offset()
                        + " is gone: " + found
                        + ". Without it nothing can be computed again. Keep the topic's records for as long as"
                        + " predictions must be reproduced (retention.ms).");
    }

    @Override
    public void close() {
        check.close();
    }
}

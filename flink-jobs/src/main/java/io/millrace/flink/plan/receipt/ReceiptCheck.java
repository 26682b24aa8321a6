/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan.receipt;

import io.millrace.flink.plan.FeatureContract;
import io.millrace.model.score.RowFault;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.Prediction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds predictions against features that were computed anew and the bundles that scored them. Not thread-safe. */
public final class ReceiptCheck implements AutoCloseable {

    /** How far scores of DL4J may lie apart: its sums depend on the rows that are scored together. */
    private static final float DL4J_TOLERANCE = 1e-5f;

    private final FeatureContract contract;
    private final List<String> names;
    private final boolean anyKept;
    private final RecordedModels models;
    private final Map<String, Boolean> kept = new HashMap<>();

    public ReceiptCheck(FeatureContract contract) {
        this.contract = contract;
        this.names = contract.features();
        this.anyKept = contract.inputs().stream().anyMatch(contract::isKept);
        this.models = new RecordedModels(contract);
    }

    /** The verdict that needs no source events; null where they decide. */
    public @Nullable Verdict withoutSources(Prediction prediction) {
        if (!prediction.featureDigest().equals(contract.digest())) {
            return Verdict.of(
                    Outcome.FEATURES_CHANGED,
                    prediction,
                    "its features were computed by definitions with the digest " + prediction.featureDigest()
                            + ", the pipeline file's have " + contract.digest()
                            + ". Give the pipeline file as it was when the prediction was made.");
        }
        RecordedModels.Opened model = models.open(prediction.model());
        return model.scoring() == null ? Verdict.of(model.outcome(), prediction, model.message()) : null;
    }

    /** The verdict on a prediction whose source record cannot be read. */
    public Verdict withoutSource(Prediction prediction, String found) {
        return Verdict.of(Outcome.SOURCE_GONE, prediction, found);
    }

    /** The verdict on a prediction whose source record is no event, or another one. */
    public @Nullable Verdict ofSource(Prediction prediction, Event event) {
        Difference difference = Difference.ofEvent(prediction, event);
        return difference == null ? null : differs(prediction, difference, otherEvent(prediction));
    }

    /** The verdict on a prediction whose source record is refused now. */
    public Verdict ofRefusedSource(Prediction prediction, String reason) {
        Difference difference = new Difference("event", prediction.eventId(), "a dead letter, " + reason);
        return differs(prediction, difference, otherEvent(prediction));
    }

    private static String otherEvent(Prediction prediction) {
        return "At " + place(prediction)
                + " there stands another event than the one that was scored, or it is read with"
                + " another schema. Was the topic made anew? Give the topic and the schema as they were.";
    }

    /**
     * The verdict on a prediction whose source event was read.
     *
     * @param vector the features, computed anew
     * @param doubt why they may differ
     */
    public Verdict check(Prediction prediction, double[] vector, Doubt doubt) {
        ScoringProgram scoring = models.open(prediction.model()).scoring();
        if (scoring == null) {
            throw new IllegalStateException("the bundle of " + prediction.predictionId() + " was not asked for before");
        }
        Difference feature = Difference.ofFeatures(prediction, vector, names);
        if (feature != null) {
            return featureDiffers(prediction, feature, doubt);
        }
        scoring.put(0, vector, contract.inputSlots(scoring.bundle()));
        scoring.score(1);
        RowFault fault = scoring.fault(0);
        float tolerance = scoring.gainsFromBatches() ? DL4J_TOLERANCE : 0;
        Difference score = fault == null
                ? Difference.ofScore(prediction, scoring, tolerance)
                : new Difference("score", Difference.text(prediction.score()), "none, " + fault.message());
        if (score == null) {
            return new Verdict(
                    Outcome.MATCH, prediction, null, null, null, match(prediction, scoring, tolerance, doubt));
        }
        return scoreDiffers(prediction, score, doubt);
    }

    private Verdict featureDiffers(Prediction prediction, Difference difference, Doubt doubt) {
        String name = difference.field().substring(difference.field().indexOf(' ') + 1);
        if (!doubt.none() && names.contains(name) && isKept(name)) {
            return Verdict.of(doubt.outcome(), prediction, difference, doubt.words());
        }
        if (names.contains(name) && !contract.inputs().contains(name)) {
            return differs(
                    prediction,
                    difference,
                    "The feature feeds no model, so the feature digest says nothing of it: was its definition changed?");
        }
        return differs(
                prediction,
                difference,
                "Either the record was altered, or the job did not meet the events that the topics hold now: was it"
                        + " started behind the first offset, did a partition wake from idleness, or were events appended"
                        + " later that lie before it?");
    }

    private Verdict scoreDiffers(Prediction prediction, Difference difference, Doubt doubt) {
        if (!doubt.none() && prediction.features() == null && anyKept) {
            return Verdict.of(doubt.outcome(), prediction, difference, doubt.words());
        }
        String features = prediction.features() == null
                ? "The features were not recorded (outputs.features), so only what the model said was compared. "
                : "The features are the same. ";
        return differs(
                prediction,
                difference,
                features + "Either the record was altered, or the pipeline decides by another rule now.");
    }

    private static Verdict differs(Prediction prediction, Difference difference, String message) {
        return Verdict.of(Outcome.DIFFERS, prediction, difference, message);
    }

    private String match(Prediction prediction, ScoringProgram scoring, float tolerance, Doubt doubt) {
        String exactly = tolerance > 0 ? " by " + scoring.engine() + ", to " + tolerance : " to the last bit";
        String what = prediction.features() == null
                ? "what the model said is reproduced" + exactly
                        + "; the features were not recorded (outputs.features), so they were not compared"
                : names.size() + " features and what the model said are reproduced" + exactly;
        String order = doubt.arrival()
                ? ", with events in the order of Kafka's timestamps; under order: arrival that is not promised"
                : "";
        return Verdict.about(prediction) + what + order + '.';
    }

    private boolean isKept(String feature) {
        return kept.computeIfAbsent(feature, contract::isKept);
    }

    static String place(Prediction prediction) {
        return prediction.source().topic() + "-" + prediction.source().partition() + " offset "
                + prediction.source().offset();
    }

    @Override
    public void close() {
        models.close();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.Task;
import io.millrace.pipeline.record.Ranking;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything between raw feature values and a prediction, in batches: training means for what is missing, normalizer,
 * network, calibration, score, label, decision. Not thread-safe; one per subtask.
 *
 * <p>Use: {@link #put} rows 0, 1, …, then {@link #score(int)} them, then read each row. A row that cannot be scored has a
 * {@link #fault} and nothing else.
 */
public final class ScoringProgram implements AutoCloseable {

    private final Bundle bundle;
    private final Scorer scorer;
    private final ScoringRule rule;
    private final InputLayout layout;
    private final float[] rows;
    private final float[] outputs;
    private final float[] scores;
    private final boolean scored;
    private final @Nullable RowFault[] faults;
    private final int[] inOrder;

    private ScoringProgram(Bundle bundle, Scorer scorer, ScoringRule rule) {
        this.bundle = bundle;
        this.scorer = scorer;
        this.rule = rule;
        this.layout = bundle.description().layout();
        this.rows = new float[scorer.maxBatch() * scorer.inputs()];
        this.outputs = new float[scorer.maxBatch() * scorer.outputs()];
        this.scores = new float[scorer.maxBatch()];
        this.scored = bundle.description().hasScore();
        Arrays.fill(scores, Float.NaN);
        this.faults = new RowFault[scorer.maxBatch()];
        this.inOrder = IntStream.range(0, scorer.inputs()).toArray();
    }

    /**
     * The program of a bundle, after its golden exam.
     *
     * @param rule decides on the score; null: the bundle's own threshold
     */
    public static ScoringProgram open(Bundle bundle, int maxBatch, @Nullable ScoringRule rule) {
        if (rule != null && !bundle.description().hasScore()) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    "model '" + bundle.version().name() + "' "
                            + bundle.version().version() + ": its "
                            + bundle.task().word() + " task has "
                            + bundle.network().outputs()
                            + " outputs and no single score to decide on. Remove model.decide, or use a binary model.");
        }
        Scorer scorer = Scorers.open(bundle, maxBatch);
        return new ScoringProgram(bundle, scorer, rule == null ? ScoringRule.from(bundle.threshold()) : rule);
    }

    public Bundle bundle() {
        return bundle;
    }

    public int maxBatch() {
        return scorer.maxBatch();
    }

    /** What computes: {@code compiled plan} or {@code DL4J}. */
    public String engine() {
        return scorer.engine();
    }

    /** Whether a row costs less in company; false: each row may as well be scored at once. */
    public boolean gainsFromBatches() {
        return scorer.gainsFromBatches();
    }

    /** What the weights take, in bytes: the bundle's, and the copy that computes. */
    public long weightBytes() {
        return 2L * Float.BYTES * bundle.network().weights().length;
    }

    /** Puts a row whose values are the inputs, in order; NaN is missing. */
    public void put(int row, double[] inputs) {
        put(row, inputs, inOrder);
    }

    /**
     * Puts a row.
     *
     * @param features raw values; NaN is missing
     * @param slots where in {@code features} each input stands, in the order of the bundle's inputs
     */
    public void put(int row, double[] features, int[] slots) {
        int width = scorer.inputs();
        int wrong = bundle.preprocessing().prepare(layout, features, slots, rows, row * width);
        int outside = wrong < 0 ? bundle.network().outsideVocabulary(rows, row * width) : -1;
        faults[row] = wrong >= 0
                ? inputFault(wrong, features[slots[wrong]])
                : outside >= 0 ? vocabularyFault(outside, features[slots[outside]]) : null;
        if (faults[row] != null) {
            Arrays.fill(rows, row * width, (row + 1) * width, 0f);
        }
    }

    /** Scores the rows from 0 to {@code count}, exclusive. */
    public void score(int count) {
        scorer.score(rows, count, outputs);
        int width = scorer.outputs();
        for (int i = 0; i < count * width; i++) {
            if (!Float.isFinite(outputs[i]) && faults[i / width] == null) {
                faults[i / width] = outputFault(i % width, outputs[i]);
            }
        }
        if (scored) {
            calibrate(count, width);
        }
    }

    /** The answer that counts is the last output: the only one, or the positive class of two. */
    private void calibrate(int count, int width) {
        for (int row = 0; row < count; row++) {
            if (faults[row] == null) {
                scores[row] = (float) bundle.calibration().probability(outputs[(row + 1) * width - 1]);
            }
        }
    }

    /** Why the row has no score; null where it has one. */
    public @Nullable RowFault fault(int row) {
        return faults[row];
    }

    /** The network's raw outputs, a copy. */
    public float[] outputs(int row) {
        int width = scorer.outputs();
        return Arrays.copyOfRange(outputs, row * width, (row + 1) * width);
    }

    /** The calibrated score; NaN where the task has no single score. */
    public float scoreOf(int row) {
        return scores[row];
    }

    /** Whether the score is positive by the rule; null where there is no rule or it has no answer. */
    public @Nullable Boolean decision(int row) {
        return scored ? rule.decide(scores[row]) : null;
    }

    /** The name of the class that was chosen; null where classes have no names or nothing was chosen. */
    public @Nullable String label(int row) {
        if (bundle.outputs().isEmpty() || bundle.task() == Task.REGRESSION) {
            return null;
        }
        if (bundle.task() == Task.MULTICLASS || bundle.task() == Task.RANKING) {
            return bundle.outputs().get(greatest(row));
        }
        Boolean positive = decision(row);
        return positive == null ? null : bundle.outputs().get(positive ? 1 : 0);
    }

    /** The items with the greatest outputs, at most so many, of which the one that stands first in the bundle wins a tie. */
    public Ranking top(int row, int most) {
        if (bundle.task() != Task.RANKING) {
            return Ranking.NONE;
        }
        int width = scorer.outputs();
        int size = Math.min(most, width);
        int[] best = new int[size];
        int found = 0;
        for (int i = 0; i < width; i++) {
            float output = outputs[row * width + i];
            int place = found;
            while (place > 0 && output > outputs[row * width + best[place - 1]]) {
                place--;
            }
            if (place < size) {
                found = Math.min(size, found + 1);
                System.arraycopy(best, place, best, place + 1, found - place - 1);
                best[place] = i;
            }
        }
        return ranking(row * width, best);
    }

    private Ranking ranking(int from, int[] best) {
        String[] items = new String[best.length];
        float[] itemScores = new float[best.length];
        for (int i = 0; i < best.length; i++) {
            items[i] = bundle.outputs().get(best[i]);
            itemScores[i] = outputs[from + best[i]];
        }
        return new Ranking(items, itemScores);
    }

    @Override
    public void close() {
        scorer.close();
    }

    private int greatest(int row) {
        int from = row * scorer.outputs();
        int greatest = 0;
        for (int i = 1; i < scorer.outputs(); i++) {
            if (outputs[from + i] > outputs[from + greatest]) {
                greatest = i;
            }
        }
        return greatest;
    }

    private RowFault vocabularyFault(int input, double value) {
        String name = bundle.inputs().get(input);
        return new RowFault(
                name,
                "input '" + name + "' is " + value + ", the model knows whole numbers from 0 to "
                        + (bundle.network().vocabularies()[input] - 1) + ".");
    }

    private RowFault inputFault(int input, double value) {
        String name = bundle.inputs().get(input);
        if (layout.paddable()[input] && Double.isNaN(value)) {
            return new RowFault(
                    name,
                    "input '" + name
                            + "' is missing: a sequence needs one step at least, and a step with other values a"
                            + " training mean for those that it lacks. Keep the sequences of one input by the same key, or"
                            + " write the bundle with means.");
        }
        String message = Double.isNaN(value)
                ? "input '" + name + "' is missing, and the bundle has no training mean for it. Give the feature a"
                        + " missing: number, or write the bundle with means."
                : "input '" + name + "' is " + value + ", which is no finite number after the normalizer.";
        return new RowFault(name, message);
    }

    private RowFault outputFault(int output, float value) {
        return new RowFault(
                null,
                "output " + output + " of model '" + bundle.version().name() + "' "
                        + bundle.version().version() + " is " + value + ", not a finite number.");
    }
}

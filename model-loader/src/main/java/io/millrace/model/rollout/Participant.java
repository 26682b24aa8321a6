/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.control.Epoch;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.control.RollCall;
import io.millrace.pipeline.control.Vote;
import io.millrace.pipeline.control.Vote.Verdict;
import io.millrace.pipeline.record.ModelVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One subtask's part in changes of the regime: which events it may score and by what, and what it has to say on the control
 * topic. Its roll call is written first, and the topic read at least that far, before the first event. Not thread-safe.
 */
public final class Participant {

    private final Ledger ledger;
    private final Epoch epoch;
    private final int subtask;
    private long greatestMillis;
    private @Nullable Preparation proposed;

    /**
     * @param names the models that there may be
     * @param greatestMillis the greatest event time that the subtask, or one whose state it took over, has scored; {@link
     *     Timeline#BEGINNING} where there is none
     */
    public Participant(ModelNames names, Epoch epoch, int subtask, long greatestMillis) {
        this.ledger = new Ledger(names);
        this.epoch = epoch;
        this.subtask = subtask;
        this.greatestMillis = greatestMillis;
    }

    /** What is to be written before anything else. */
    public RollCall rollCall(int parallelism, boolean fresh, ModelVersion base, List<ModelVersion> others) {
        return new RollCall(epoch, subtask, parallelism, fresh, base, others);
    }

    /** Takes the next record of the topic in. What was decided by it. */
    public List<Decision> take(ControlEntry entry) {
        return ledger.apply(entry);
    }

    /** The change that is being voted on; null when there is none. */
    public @Nullable Preparation pending() {
        return ledger.pending();
    }

    /**
     * Whether an event has to wait for a decision.
     *
     * @param value what chooses the event's model; null or a value without a model: the pipeline's own
     */
    public boolean holds(long eventTimeMillis, @Nullable String value) {
        Preparation pending = ledger.pending();
        if (pending == null || eventTimeMillis < pending.fenceMillis()) {
            return false;
        }
        String asked = ledger.pendingValue();
        return Ledger.OWN.equals(asked)
                ? ledger.timeline(eventTimeMillis, value) == own()
                : Objects.equals(value, asked);
    }

    /** The regime of an event that need not wait. */
    public Regime at(long eventTimeMillis, @Nullable String value) {
        return ledger.timeline(eventTimeMillis, value).at(eventTimeMillis);
    }

    /** The regimes of every model. */
    public Collection<Timeline> timelines() {
        return ledger.timelines();
    }

    /** The regimes of the pipeline's own model. */
    public Timeline own() {
        return Objects.requireNonNull(ledger.timeline(), "the topic was not read as far as the roll call");
    }

    /** Takes note that an event was scored. */
    public void scored(long eventTimeMillis) {
        greatestMillis = Math.max(greatestMillis, eventTimeMillis);
    }

    public long greatestMillis() {
        return greatestMillis;
    }

    /** The vote against a change that comes too late for this subtask; null where it is in time, and bundles have their say. */
    public @Nullable Vote tooLate(Preparation preparation) {
        if (greatestMillis < preparation.fenceMillis()) {
            return null;
        }
        String message = "subtask " + subtask + " has scored an event of " + Instant.ofEpochMilli(greatestMillis)
                + ", at or after the fence " + Instant.ofEpochMilli(preparation.fenceMillis())
                + ". Choose a later one, or none.";
        return vote(preparation, Verdict.TOO_LATE, message);
    }

    /** The vote for a change whose bundles are loaded. */
    public Vote ready(Preparation preparation) {
        return vote(preparation, Verdict.READY, "");
    }

    /** The vote against a change for another reason. */
    public Vote against(Preparation preparation, Verdict verdict, String message) {
        return vote(preparation, verdict, message);
    }

    /** The proposal that this subtask has to write now, once; null when there is none. The first subtask proposes for all. */
    public @Nullable Preparation propose(long leadMillis) {
        Preparation proposal = subtask == 0 ? ledger.proposal(greatestMillis, leadMillis) : null;
        if (proposal == null || same(proposal, proposed)) {
            return null;
        }
        proposed = proposal;
        return proposal;
    }

    private static boolean same(Preparation left, @Nullable Preparation right) {
        return right != null && left.commandId().equals(right.commandId()) && left.attempt() == right.attempt();
    }

    private Vote vote(Preparation preparation, Verdict verdict, String message) {
        return new Vote(
                epoch, subtask, preparation.commandId(), preparation.attempt(), verdict, greatestMillis, message);
    }
}

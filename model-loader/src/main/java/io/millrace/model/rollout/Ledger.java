/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import io.millrace.model.rollout.Decision.Outcome;
import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.control.Epoch;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.control.RollCall;
import io.millrace.pipeline.control.Vote;
import io.millrace.pipeline.control.Vote.Verdict;
import io.millrace.pipeline.record.ModelVersion;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pipeline's control topic and says which regime holds when. Whoever reads the same records comes to the same
 * answer, so nobody has to announce a decision: a change is decided by the record that makes its votes complete, or by the
 * first vote against it.
 *
 * <p>Why an event is never scored by two rules: a subtask that has voted {@code READY} scores nothing from the fence on until
 * it has read the decision; one that was restarted reads the topic to the end before its first event, and so knows the
 * preparation or the decision; and votes of an earlier execution do not count after the first roll call of a later one.
 *
 * <p>Where a field chooses among several models, each has regimes of its own: the model of a value is named {@code
 * <model>.<value>}, and the pipeline's own, under the value {@link #OWN}, is for events whose value has none.
 *
 * <p>Commands are carried out one after the other. Not thread-safe.
 */
public final class Ledger {

    /** Proposals for a command without a fence, each with a fence further ahead than the one before. */
    static final int MOST_ATTEMPTS = 12;

    /** The value under which the pipeline's own model stands. */
    public static final String OWN = "";

    private final ModelNames names;
    private final CommandCheck check;
    private final Map<String, Timeline> timelines = new HashMap<>();
    private final Queue<ModelCommand> commands = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final BitSet ready = new BitSet();
    private @Nullable Epoch epoch;
    private int parallelism;
    private @Nullable Preparation pending;
    private int attempt;
    private long greatestMillis = Timeline.BEGINNING;

    /**
     * @param names the models that there may be; commands about others are not possible
     */
    public Ledger(ModelNames names) {
        this.names = names;
        this.check = new CommandCheck(names);
    }

    /** Takes the next record in. What was decided by it; mostly nothing. */
    public List<Decision> apply(ControlEntry entry) {
        decisions.clear();
        if (entry instanceof RollCall call) {
            call(call);
        } else if (entry instanceof ModelCommand command) {
            command(command);
        } else if (entry instanceof Preparation preparation) {
            prepare(preparation);
        } else if (entry instanceof Vote vote) {
            vote(vote);
        }
        return List.copyOf(decisions);
    }

    /** The own model's regimes by event time; null before the first roll call. */
    public @Nullable Timeline timeline() {
        return timelines.get(OWN);
    }

    /** The regimes of a value's own model; null where it has none. */
    public @Nullable Timeline timeline(String value) {
        return timelines.get(value);
    }

    /**
     * The regimes that an event goes by: those of its value's model where that scores at this time, else the own model's.
     *
     * @param value what chooses the event's model; null: nothing does
     */
    public Timeline timeline(long eventTimeMillis, @Nullable String value) {
        Timeline chosen = value == null ? null : timelines.get(value);
        return chosen != null && chosen.covers(eventTimeMillis)
                ? chosen
                : Objects.requireNonNull(timelines.get(OWN), "the topic was not read as far as a roll call");
    }

    /** The regimes of every model. */
    public Collection<Timeline> timelines() {
        return Collections.unmodifiableCollection(timelines.values());
    }

    /** The value whose model the pending change is about; null when there is no change. */
    public @Nullable String pendingValue() {
        return pending == null ? null : names.value(pending.regime().champion().name());
    }

    /** The change that is being voted on; null when there is none. */
    public @Nullable Preparation pending() {
        return pending;
    }

    /**
     * The proposal that somebody should write now; null when there is nothing to propose.
     *
     * @param greatest the greatest event time that the proposer knows of
     * @param leadMillis how far ahead of it the first attempt puts its fence; each further attempt doubles it
     */
    public @Nullable Preparation proposal(long greatest, long leadMillis) {
        ModelCommand command = commands.peek();
        if (command == null || pending != null || timelines.isEmpty()) {
            return null;
        }
        Timeline known = timelines.get(names.value(names.of(command)));
        return new Preparation(
                command.id(), attempt, regime(command, known), fence(command, known, greatest, leadMillis));
    }

    private long fence(ModelCommand command, @Nullable Timeline known, long greatest, long leadMillis) {
        if (command.fenceMillis() != null) {
            return command.fenceMillis();
        }
        long reached = Math.max(greatest, greatestMillis);
        long earliest = Math.max(latestFence(known), -1) + 1;
        return reached == Timeline.BEGINNING ? earliest : Math.max(earliest, reached + (leadMillis << attempt));
    }

    private static long latestFence(@Nullable Timeline known) {
        return known == null ? Timeline.BEGINNING : known.latestFenceMillis();
    }

    private void call(RollCall call) {
        boolean otherJob = epoch == null || !epoch.job().equals(call.epoch().job());
        if (timelines.isEmpty() || call.fresh() && otherJob) {
            begin(call);
            pending = null;
            attempt = 0;
            greatestMillis = Timeline.BEGINNING;
            endImpossible();
        }
        if (!call.epoch().equals(epoch)) {
            epoch = call.epoch();
            parallelism = call.parallelism();
            ready.clear();
        }
    }

    private void begin(RollCall call) {
        timelines.clear();
        timelines.put(OWN, new Timeline(Regime.of(call.base())));
        for (ModelVersion other : call.others()) {
            String value = names.value(other.name());
            if (value != null) {
                timelines.put(value, new Timeline(Regime.of(other)));
            }
        }
    }

    private void command(ModelCommand command) {
        if (seen.add(command.id())) {
            commands.add(command);
            endImpossible();
        }
    }

    /** Ends the commands whose turn it is and that make no sense now. */
    private void endImpossible() {
        while (!timelines.isEmpty() && pending == null && !commands.isEmpty()) {
            ModelCommand command = commands.element();
            String reason = check.impossible(command, timelines.get(names.value(names.of(command))));
            if (reason == null) {
                return;
            }
            end(Outcome.NOT_POSSIBLE, null, null, reason);
        }
    }

    private void prepare(Preparation preparation) {
        ModelCommand command = commands.peek();
        if (command == null
                || timelines.isEmpty()
                || pending != null
                || !preparation.commandId().equals(command.id())
                || preparation.attempt() != attempt
                || !preparation.regime().champion().name().equals(names.of(command))) {
            return;
        }
        long latest = latestFence(timelines.get(names.value(names.of(command))));
        if (preparation.fenceMillis() > latest) {
            pending = preparation;
            ready.clear();
            return;
        }
        String reason = "the fence " + Instant.ofEpochMilli(preparation.fenceMillis())
                + " is not after the latest one, " + Instant.ofEpochMilli(latest) + ". Choose a later one, or none.";
        end(Outcome.FENCE_REFUSED, preparation, null, reason);
        endImpossible();
    }

    private void vote(Vote vote) {
        if (pending == null
                || !vote.epoch().equals(epoch)
                || !vote.commandId().equals(pending.commandId())
                || vote.attempt() != pending.attempt()) {
            return;
        }
        greatestMillis = Math.max(greatestMillis, vote.greatestMillis());
        if (vote.verdict() != Verdict.READY) {
            refuse(vote, pending);
            return;
        }
        ready.set(vote.subtask());
        if (ready.cardinality() == parallelism) {
            enact(pending);
            end(Outcome.ACTIVE, pending, null, "");
            endImpossible();
        }
    }

    private void enact(Preparation decided) {
        String value =
                Objects.requireNonNull(names.value(decided.regime().champion().name()));
        Timeline known = timelines.get(value);
        if (known == null) {
            timelines.put(value, new Timeline(decided.fenceMillis(), decided.regime()));
        } else {
            known.add(decided.fenceMillis(), decided.regime());
        }
    }

    private void refuse(Vote vote, Preparation refused) {
        pending = null;
        boolean freeFence = commands.element().fenceMillis() == null;
        if (vote.verdict() == Verdict.TOO_LATE && freeFence && attempt + 1 < MOST_ATTEMPTS) {
            attempt++;
            return;
        }
        Outcome outcome = vote.verdict() == Verdict.REJECTED ? Outcome.REJECTED : Outcome.FENCE_REFUSED;
        end(outcome, refused, vote, vote.message());
        endImpossible();
    }

    private void end(Outcome outcome, @Nullable Preparation last, @Nullable Vote refusal, String reason) {
        pending = null;
        attempt = 0;
        decisions.add(new Decision(commands.remove(), last, refusal, outcome, reason));
    }

    /** What a possible command makes of the latest regime. A model's first command is a promotion. */
    private static Regime regime(ModelCommand command, @Nullable Timeline known) {
        if (known == null) {
            return Regime.of(Objects.requireNonNull(command.version()));
        }
        Regime latest = known.latest();
        ModelVersion version = command.version() == null ? latest.champion() : command.version();
        return switch (command.action()) {
            case PROMOTE -> latest.withChampion(version);
            case SHADOW -> latest.withShadow(version);
            case CANARY -> latest.withCanary(version, command.share());
            case STOP -> Regime.of(latest.champion());
            case ROLLBACK ->
                Regime.of(Objects.requireNonNull(known.beforeLatestChampion()).champion());
        };
    }
}

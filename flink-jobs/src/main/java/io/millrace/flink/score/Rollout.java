/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import io.millrace.flink.control.ControlLog;
import io.millrace.model.ModelException;
import io.millrace.model.rollout.Decision;
import io.millrace.model.rollout.Participant;
import io.millrace.model.rollout.Timeline;
import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.control.ModelEvent;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.control.RollCall;
import io.millrace.pipeline.control.Vote;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.schema.OutputRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * A subtask's dealings with the control log: reads it, loads what a change needs off the task thread, votes, and tells its
 * operator when something was decided. All else runs on the task thread.
 */
final class Rollout implements AutoCloseable {

    /** How far ahead of the greatest event time the first fence is put when a command names none. */
    private static final long LEAD_MILLIS = 1_000;
    /** Regimes whose models stay loaded: the latest, and the one that events out of order may still belong to. */
    private static final int KEPT_REGIMES = 2;

    private final Participant participant;
    private final ControlLog log;
    private final ModelShelf shelf;
    private final MailboxExecutor mailbox;
    private final Listener listener;
    private final ExecutorService loader;
    private @Nullable Preparation answered;
    private volatile boolean closed;

    /** Hears of what happens to the pipeline's models. */
    interface Listener {

        /** Something that an operator wants to know, at its position in the log. */
        void happened(long position, ModelEvent event);

        /** No change is pending: events that waited for one can go on. Models of older regimes are closed next. */
        void decided();
    }

    Rollout(Participant participant, ControlLog log, ModelShelf shelf, MailboxExecutor mailbox, Listener listener) {
        this.participant = participant;
        this.log = log;
        this.shelf = shelf;
        this.mailbox = mailbox;
        this.listener = listener;
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        this.loader = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "model-loader");
            thread.setContextClassLoader(classes);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the log as far as this roll call, loads what the own model scores with now, and goes on reading in the
     * background. What scored before, and the model of a value, is loaded when an event asks for it: a version that nobody
     * needs may be gone.
     *
     * @return the roll call's position
     */
    long open(RollCall call) throws Exception {
        long position = log.append(call);
        log.readThrough(position, this::take);
        participant.own().latest().versions().forEach(shelf::get);
        // what was held for a change that is decided meanwhile goes first, though the next one may be pending already
        listener.decided();
        respond();
        log.follow(this::followed, this::fail);
        return position;
    }

    private void followed(long position, @Nullable ControlEntry entry, String fault) {
        execute(() -> {
            take(position, entry, fault);
            respond();
        });
    }

    private void take(long position, @Nullable ControlEntry entry, String fault) {
        if (entry == null) {
            listener.happened(
                    position,
                    new ModelEvent(
                            ModelEvent.Kind.NOT_UNDERSTOOD,
                            null,
                            null,
                            null,
                            null,
                            "record " + position + ": " + fault));
            return;
        }
        List<Decision> decisions = participant.take(entry);
        if (entry instanceof Preparation preparation && preparation.equals(participant.pending())) {
            listener.happened(position, announced(preparation));
        }
        for (Decision decision : decisions) {
            listener.happened(position, event(decision));
        }
    }

    /** Says what this subtask has to say now. */
    private void respond() {
        Preparation proposal = participant.propose(LEAD_MILLIS);
        if (proposal != null) {
            log.send(proposal, this::fail);
        }
        Preparation pending = participant.pending();
        if (pending == null) {
            listener.decided();
            shelf.keep(neededVersions());
        } else if (!pending.equals(answered)) {
            answered = pending;
            answer(pending);
        }
    }

    private void answer(Preparation pending) {
        Vote tooLate = participant.tooLate(pending);
        if (tooLate != null) {
            log.send(tooLate, this::fail);
            return;
        }
        List<ModelVersion> lacking = pending.regime().versions().stream()
                .filter(version -> !shelf.has(version))
                .toList();
        loader.execute(() -> load(pending, lacking));
    }

    private void load(Preparation pending, List<ModelVersion> versions) {
        try {
            Map<ModelVersion, LoadedModel> loaded = shelf.load(versions);
            execute(() -> {
                shelf.put(loaded);
                vote(pending, participant.ready(pending));
            });
        } catch (ModelException refused) {
            String message = String.valueOf(refused.getMessage());
            execute(() -> vote(pending, participant.against(pending, Vote.Verdict.REJECTED, message)));
        } catch (RuntimeException | LinkageError | OutOfMemoryError failed) {
            execute(() -> vote(pending, participant.against(pending, Vote.Verdict.REJECTED, failed.toString())));
        }
    }

    private void vote(Preparation pending, Vote vote) {
        if (pending.equals(participant.pending())) {
            log.send(vote, this::fail);
        } else {
            respond();
        }
    }

    /** Tells an operator of trouble that may keep the job from ever reaching its sinks. */
    void report(OutputRecord record) {
        log.report(record);
    }

    /** Gives up waiting: too many events are held for a change, or for too long. */
    void refusePending(String message) {
        Preparation pending = participant.pending();
        if (pending != null) {
            log.send(participant.against(pending, Vote.Verdict.HELD_TOO_LONG, message), this::fail);
        }
    }

    private Set<ModelVersion> neededVersions() {
        Set<ModelVersion> versions = new LinkedHashSet<>();
        for (Timeline timeline : participant.timelines()) {
            for (Regime regime : timeline.newest(KEPT_REGIMES)) {
                versions.addAll(regime.versions());
            }
        }
        return versions;
    }

    private static ModelEvent announced(Preparation preparation) {
        return new ModelEvent(
                ModelEvent.Kind.ANNOUNCED,
                preparation.commandId(),
                null,
                preparation.regime().champion(),
                preparation.fenceMillis(),
                "");
    }

    private static ModelEvent event(Decision decision) {
        Preparation preparation = decision.preparation();
        ModelVersion asked = decision.command().version();
        ModelVersion version =
                asked == null && preparation != null ? preparation.regime().champion() : asked;
        return new ModelEvent(
                ModelEvent.Kind.valueOf(decision.outcome().name()),
                decision.command().id(),
                decision.command().action(),
                version,
                preparation == null ? decision.command().fenceMillis() : Long.valueOf(preparation.fenceMillis()),
                decision.reason());
    }

    private void fail(Throwable cause) {
        execute(() -> {
            throw new IllegalStateException("the control topic cannot be read or written", cause);
        });
    }

    private void execute(ThrowingRunnable<Exception> mail) {
        try {
            if (!closed) {
                mailbox.execute(mail, "change of models");
            }
        } catch (RejectedExecutionException ended) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        loader.shutdownNow();
        log.close();
        shelf.close();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.control.Epoch;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.RollCall;
import io.millrace.pipeline.control.Vote;
import io.millrace.pipeline.control.Vote.Verdict;
import io.millrace.pipeline.record.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A job of several subtasks, its control topic, checkpoints, crashes, and zombies of earlier executions that go on for a
 * while. What happens next is drawn by lot.
 */
final class RolloutSimulation {

    private static final String MODEL = "fraud";
    private static final int LATEST_DISORDER = 40;

    private final Random random;
    private final List<ControlEntry> topic = new ArrayList<>();
    private final List<Scored> committed = new ArrayList<>();
    private final List<Subtask> zombies = new ArrayList<>();
    private List<Subtask> subtasks = new ArrayList<>();
    private long clock = 1_000;
    private int attempt = -1;
    private boolean checkpointed;
    private long[] greatestAtCheckpoint = {Timeline.BEGINNING};
    private int versions = 1;
    private int commands;
    private int holds;

    /** An event and the champion that scored it. */
    record Scored(long time, ModelVersion champion) {}

    /** One subtask; it has read the topic as far as its roll call when it comes into being. */
    private final class Subtask {
        final Participant participant;
        final List<Scored> uncommitted = new ArrayList<>();
        final List<Long> held = new ArrayList<>();
        Preparation answered;
        int read;

        Subtask(Participant participant, RollCall call) {
            this.participant = participant;
            topic.add(call);
            while (read < topic.size()) {
                participant.take(topic.get(read++));
            }
        }

        void readOn() {
            if (read < topic.size()) {
                participant.take(topic.get(read++));
                release();
            }
        }

        void speak() {
            Preparation proposal = participant.propose(4);
            if (proposal != null) {
                topic.add(proposal);
            }
            Preparation pending = participant.pending();
            if (pending != null && pending != answered) {
                answered = pending;
                Vote late = participant.tooLate(pending);
                topic.add(late != null ? late : opinion(pending));
            }
        }

        private Vote opinion(Preparation pending) {
            return random.nextInt(6) == 0
                    ? participant.against(pending, Verdict.REJECTED, "bad bundle")
                    : participant.ready(pending);
        }

        void event(long time) {
            if (participant.holds(time)) {
                held.add(time);
                holds++;
            } else {
                participant.scored(time);
                uncommitted.add(new Scored(time, participant.at(time).champion()));
            }
        }

        private void release() {
            List<Long> waiting = List.copyOf(held);
            held.clear();
            waiting.forEach(this::event);
        }
    }

    RolloutSimulation(long seed) {
        random = new Random(seed);
        start();
    }

    void step() {
        int lot = random.nextInt(1_000);
        if (lot < 4) {
            crash();
        } else if (lot < 40) {
            checkpoint();
        } else if (lot < 55) {
            command();
        } else {
            Subtask subtask = any(subtasks);
            act(lot % 5 == 0 && !zombies.isEmpty() ? any(zombies) : subtask);
        }
    }

    /** Every committed event was scored by what the whole topic says of its time. */
    void check(long seed) {
        checkpoint();
        Ledger ledger = new Ledger(MODEL);
        topic.forEach(ledger::apply);
        Timeline timeline = ledger.timeline();
        for (Scored scored : committed) {
            assertThat(scored.champion())
                    .as("event of %d, seed %d", scored.time(), seed)
                    .isEqualTo(timeline.at(scored.time()).champion());
        }
    }

    int changes() {
        Ledger ledger = new Ledger(MODEL);
        return (int) topic.stream()
                .flatMap(entry -> ledger.apply(entry).stream())
                .filter(decision -> decision.outcome() == Decision.Outcome.ACTIVE)
                .count();
    }

    int holds() {
        return holds;
    }

    private void act(Subtask subtask) {
        switch (random.nextInt(3)) {
            case 0 -> subtask.readOn();
            case 1 -> subtask.speak();
            default -> subtask.event(clock++ - random.nextInt(LATEST_DISORDER));
        }
    }

    private void command() {
        Action action = random.nextInt(4) == 0 ? Action.ROLLBACK : Action.PROMOTE;
        ModelVersion version = action == Action.ROLLBACK ? null : version(++versions);
        Long fence = random.nextBoolean() ? null : clock + random.nextInt(120) - 30;
        topic.add(new ModelCommand("c" + commands++, action, version, fence, 0));
    }

    /** What was scored becomes visible, and is what a restart goes on from. What is held is state. */
    private void checkpoint() {
        greatestAtCheckpoint = new long[subtasks.size()];
        for (int i = 0; i < subtasks.size(); i++) {
            Subtask subtask = subtasks.get(i);
            committed.addAll(subtask.uncommitted);
            subtask.uncommitted.clear();
            greatestAtCheckpoint[i] = subtask.participant.greatestMillis();
        }
        checkpointed = true;
    }

    /** Everything since the checkpoint is lost; the dead may not know it yet. */
    private void crash() {
        zombies.clear();
        zombies.addAll(subtasks);
        start();
    }

    private void start() {
        attempt++;
        long greatest = Timeline.BEGINNING;
        for (long at : greatestAtCheckpoint) {
            greatest = Math.max(greatest, at);
        }
        int parallelism = 1 + random.nextInt(3);
        List<Subtask> next = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            Participant participant = new Participant(MODEL, new Epoch("job", attempt), i, greatest);
            next.add(new Subtask(participant, participant.rollCall(parallelism, !checkpointed, version(1))));
            if (!zombies.isEmpty()) {
                act(any(zombies));
            }
        }
        subtasks = next;
    }

    private Subtask any(List<Subtask> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static ModelVersion version(int number) {
        return new ModelVersion(MODEL, Integer.toString(number), "digest-" + number);
    }
}

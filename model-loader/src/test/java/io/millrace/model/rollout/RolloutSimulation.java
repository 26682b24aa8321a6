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

    private static final ModelNames NAMES = new ModelNames("fraud", true);
    /** The first has no model, the second has one from the beginning, the others may get one. */
    private static final String[] VALUES = {"none", "old", "new", "newer"};

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

    /** An event, with what chooses its model. */
    record Happening(long time, String value) {}

    /** An event and the champion that scored it. */
    record Scored(Happening event, ModelVersion champion) {}

    /** One subtask; it has read the topic as far as its roll call when it comes into being. */
    private final class Subtask {
        final Participant participant;
        final List<Scored> uncommitted = new ArrayList<>();
        final List<Happening> held = new ArrayList<>();
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

        void event(Happening event) {
            if (participant.holds(event.time(), event.value())) {
                held.add(event);
                holds++;
            } else {
                participant.scored(event.time());
                uncommitted.add(new Scored(
                        event, participant.at(event.time(), event.value()).champion()));
            }
        }

        private void release() {
            List<Happening> waiting = List.copyOf(held);
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
        Ledger ledger = new Ledger(NAMES);
        topic.forEach(ledger::apply);
        for (Scored scored : committed) {
            assertThat(scored.champion())
                    .as("event %s, seed %d", scored.event(), seed)
                    .isEqualTo(expected(ledger, scored.event()));
        }
    }

    private static ModelVersion expected(Ledger ledger, Happening event) {
        Timeline chosen = ledger.timeline(event.value());
        boolean scores = chosen != null && chosen.covers(event.time());
        return (scores ? chosen : ledger.timeline()).at(event.time()).champion();
    }

    /** How many committed events were scored by models that came to the running pipeline. */
    long byNewcomers() {
        return committed.stream()
                .filter(scored -> scored.champion().name().startsWith("fraud.new"))
                .count();
    }

    int changes() {
        Ledger ledger = new Ledger(NAMES);
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
            default ->
                subtask.event(new Happening(
                        clock++ - random.nextInt(LATEST_DISORDER), VALUES[random.nextInt(VALUES.length)]));
        }
    }

    private void command() {
        Action action = random.nextInt(4) == 0 ? Action.ROLLBACK : Action.PROMOTE;
        String model = NAMES.of(random.nextBoolean() ? Ledger.OWN : VALUES[1 + random.nextInt(VALUES.length - 1)]);
        ModelVersion version = action == Action.ROLLBACK ? null : version(model, ++versions);
        Long fence = random.nextBoolean() ? null : clock + random.nextInt(120) - 30;
        topic.add(new ModelCommand("c" + commands++, action, version, fence, 0, model));
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
            Participant participant = new Participant(NAMES, new Epoch("job", attempt), i, greatest);
            next.add(new Subtask(
                    participant,
                    participant.rollCall(
                            parallelism,
                            !checkpointed,
                            version(NAMES.own(), 1),
                            List.of(version(NAMES.of("old"), 1)))));
            if (!zombies.isEmpty()) {
                act(any(zombies));
            }
        }
        subtasks = next;
    }

    private Subtask any(List<Subtask> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static ModelVersion version(String model, int number) {
        return new ModelVersion(model, Integer.toString(number), "digest-" + number);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature.replay;

import io.millrace.feature.FeatureProgram;
import io.millrace.feature.HopProgram;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of some events of the past from the log in which they stand. It is given the events of each
 * partition in the order of their offsets, keeps those that matter, without their bytes, and processes them in the order in
 * which a job does.
 *
 * <p>That order is known under {@code order: event_time}. Under {@code arrival} nobody has written it down; the order of
 * Kafka's timestamps stands in for it. What a late event that was folded into the state has met depends on the watermark: it
 * is taken to be that of its own partition. Not thread-safe.
 */
public final class Recollection {

    private static final RawHeader[] NO_HEADERS = {};

    private final PipelineSpec spec;
    private final FeatureProgram program;
    private final int scored;
    private final boolean byEventTime;
    private final List<Disorder> disorders;
    private final Set<SourcePosition> wanted = new HashSet<>();
    private final ReplayScope scope;
    private final Map<Partition, Progress> partitions = new HashMap<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Turn> lateTurns = new ArrayList<>();

    /**
     * What can no longer be read.
     *
     * @param firstOffset the first that is left in the partition
     */
    public record Gap(String topic, int partition, long firstOffset) {}

    private record Partition(int stream, int number) {}

    /** An event and when it is processed. */
    private record Turn(Event event, long turnMillis, boolean late) {}

    private static final class Progress {
        private long greatestMillis = Disorder.NOTHING_SEEN;
        private long firstMillis = Long.MAX_VALUE;
        private long arrivedMillis = Long.MIN_VALUE;
        private long firstOffset;
        private int wantedLeft;
    }

    /**
     * @param scored the index of the stream whose events are scored
     * @param wanted the events whose features are asked for, all of that stream
     */
    public Recollection(PipelineSpec spec, FeatureProgram program, int scored, Collection<Event> wanted) {
        this.spec = spec;
        this.program = program;
        this.scored = scored;
        this.byEventTime = spec.order() == Order.EVENT_TIME;
        this.disorders = spec.streams().stream()
                .map(StreamSpec::eventTime)
                .map(Disorder::of)
                .toList();
        this.scope = new ReplayScope(program, byEventTime);
        for (Event event : wanted) {
            if (this.wanted.add(event.raw().position())) {
                scope.add(event);
                progress(event.stream(), event.raw().position().partition()).wantedLeft++;
            }
        }
    }

    /** Takes note that a partition begins with this offset: what stood before it is gone. */
    public void beginsAt(int stream, int partition, long offset) {
        progress(stream, partition).firstOffset = offset;
    }

    /** Takes the next event of its partition. */
    public void take(Event event) {
        Progress progress = progress(event.stream(), event.raw().position().partition());
        long greatest = progress.greatestMillis;
        progress.greatestMillis = Math.max(greatest, event.eventTimeMillis());
        progress.arrivedMillis = Math.max(progress.arrivedMillis, event.raw().timestampMillis());
        if (progress.firstMillis == Long.MAX_VALUE) {
            progress.firstMillis = event.eventTimeMillis();
        }
        if (isWanted(event)) {
            progress.wantedLeft--;
            keep(event, byEventTime ? event.eventTimeMillis() : progress.arrivedMillis, false);
        } else if (program.nullKey(event) == null && scope.matters(event)) {
            keep(event, greatest, progress);
        }
    }

    private boolean isWanted(Event event) {
        return event.stream() == scored && wanted.contains(event.raw().position());
    }

    private void keep(Event event, long greatest, Progress progress) {
        Disorder disorder = disorders.get(event.stream());
        if (!byEventTime) {
            keep(event, progress.arrivedMillis, false);
        } else if (!disorder.isLate(event.eventTimeMillis(), greatest)) {
            keep(event, event.eventTimeMillis(), false);
        } else if (disorder.isFolded(event.eventTimeMillis(), greatest)) {
            keep(event, greatest - disorder.allowedMillis(), true);
        }
    }

    private void keep(Event event, long turnMillis, boolean late) {
        Turn turn = new Turn(withoutBytes(event), turnMillis, late);
        turns.add(turn);
        if (late) {
            lateTurns.add(turn);
        }
    }

    private static Event withoutBytes(Event event) {
        RawRecord raw = new RawRecord(event.raw().position(), event.raw().timestampMillis(), null, null, NO_HEADERS);
        return new Event(
                event.stream(),
                event.id(),
                event.eventTimeMillis(),
                event.numbers(),
                event.texts(),
                raw,
                event.ingestedAtMillis());
    }

    /** Whether nothing that comes after in a partition can matter. */
    public boolean isComplete(int stream, int partition) {
        Progress progress = progress(stream, partition);
        return byEventTime
                && progress.wantedLeft == 0
                && !disorders.get(stream).isFolded(scope.latestMillis(), progress.greatestMillis);
    }

    /** How many events are kept. */
    public int events() {
        return turns.size();
    }

    /** Processes what was kept; gives the position and the vector of each event that was asked for. */
    public void replay(BiConsumer<SourcePosition, double[]> vectors) {
        turns.sort(Comparator.comparingLong(Turn::turnMillis)
                .thenComparing(turn -> !turn.late)
                .thenComparing(Turn::event, new TieOrder(scored)));
        FeatureReplay replay = new FeatureReplay(program, scored);
        for (Turn turn : turns) {
            if (isWanted(turn.event)) {
                vectors.accept(turn.event.raw().position(), replay.vector(turn.event));
            } else {
                replay.fold(turn.event);
            }
        }
    }

    /** How many late events a job may or may not have folded into the state before it computed this event's features. */
    public long undecided(Event event) {
        long time = event.eventTimeMillis();
        return lateTurns.stream()
                .filter(turn -> turn.event.eventTimeMillis() <= time && time < turn.turnMillis)
                .filter(turn -> sharesState(turn.event, event))
                .count();
    }

    private boolean sharesState(Event past, Event event) {
        for (HopProgram hop : program.hops()) {
            String key = hop.enters(past.stream()) ? hop.key(past) : null;
            if (key != null && key.equals(hop.key(event)) && hop.reaches(past, event.eventTimeMillis())) {
                return true;
            }
        }
        return false;
    }

    /** A partition whose lost records this event's features may depend on; null where nothing of that kind is lost. */
    public @Nullable Gap gap(Event event) {
        for (Map.Entry<Partition, Progress> entry : partitions.entrySet()) {
            int stream = entry.getKey().stream;
            Progress progress = entry.getValue();
            long latestLost = progress.firstMillis == Long.MAX_VALUE
                    ? Long.MAX_VALUE
                    : progress.firstMillis + disorders.get(stream).allowedMillis();
            if (progress.firstOffset > 0 && latestLost > earliest(event, stream)) {
                return new Gap(spec.streams().get(stream).topic(), entry.getKey().number, progress.firstOffset);
            }
        }
        return null;
    }

    /** Up to where the features of an event reach back into a stream; the greatest time where they do not. */
    private long earliest(Event event, int stream) {
        long earliest = Long.MAX_VALUE;
        for (HopProgram hop : program.hops()) {
            if (hop.enters(stream) && hop.key(event) != null) {
                earliest = Math.min(earliest, event.eventTimeMillis() - hop.retentionMillis());
            }
        }
        return earliest;
    }

    private Progress progress(int stream, int partition) {
        return partitions.computeIfAbsent(new Partition(stream, partition), absent -> new Progress());
    }
}

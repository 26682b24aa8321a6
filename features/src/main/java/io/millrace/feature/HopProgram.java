/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Frame;
import io.millrace.pipeline.record.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a program that needs the state of one key: every aggregate {@code by} the same fields. One per thread.
 */
public final class HopProgram {

    private final List<String> by;
    private final int[] streams;
    private final int scored;
    private final @Nullable KeyReader[] keys;
    private final Group[] groups;
    private final Frame frame = new Frame();

    /**
     * @param streams indexes of the streams that enter this hop, ascending
     * @param keys by stream index; null where the stream does not enter
     */
    HopProgram(List<String> by, int[] streams, int scored, @Nullable KeyReader[] keys, Group[] groups) {
        this.by = by;
        this.streams = streams;
        this.scored = scored;
        this.keys = keys;
        this.groups = groups;
    }

    /** The fields that make the key. */
    public List<String> by() {
        return by;
    }

    /** Indexes of the streams that enter this hop, ascending; the scored stream is one of them. */
    public int[] streams() {
        return streams.clone();
    }

    /** Whether events of a stream enter this hop. */
    public boolean enters(int stream) {
        return keys[stream] != null;
    }

    /** The event's key as text, or null when one of its fields is null. Different keys have different texts. */
    public @Nullable String key(Event event) {
        KeyReader reader = keys[event.stream()];
        if (reader == null) {
            throw new IllegalArgumentException("stream " + event.stream() + " does not enter the hop by " + by);
        }
        return reader.key(event);
    }

    /** The first key field of the event that is null, although a feature needs it and says nothing of missing values. */
    @Nullable
    String nullKey(Event event) {
        KeyReader reader = keys[event.stream()];
        String field = reader == null ? null : reader.nullField(event);
        return field == null || allowsNullKey(event.stream()) ? null : field;
    }

    /** An event of the scored stream needs every aggregate of the hop; another only enters the groups of its stream. */
    private boolean allowsNullKey(int stream) {
        for (Group group : groups) {
            if ((stream == scored || stream == group.stream) && !group.allowsNullKey()) {
                return false;
            }
        }
        return true;
    }

    /** A state in which nothing was seen. */
    public KeyState newState() {
        KeyState state = new KeyState();
        bind(state);
        return state;
    }

    /** Takes an event into the state, without a vector: an event of another stream, or one that came late. */
    public void fold(Event event, KeyState state) {
        bind(state);
        point(event);
        for (int i = 0; i < groups.length; i++) {
            if (groups[i].stream == event.stream()) {
                groups[i].add(event, frame, state, state.blocks[i]);
            }
        }
        for (int i = 0; i < groups.length; i++) {
            groups[i].forget(state, state.blocks[i]);
        }
    }

    /**
     * Takes an event of the scored stream into the state and fills this hop's slots of the vector.
     *
     * @param state null when the key is null
     */
    public void compute(Event event, double[] values, @Nullable KeyState state) {
        if (state == null) {
            for (Group group : groups) {
                group.computeWithoutKey(values);
            }
            return;
        }
        fold(event, state);
        for (int i = 0; i < groups.length; i++) {
            groups[i].compute(event.eventTimeMillis(), state.blocks[i], values);
        }
    }

    /** Whether an event leaves an entry that a window of an event at or after {@code earliestMillis} can reach. */
    public boolean reaches(Event event, long earliestMillis) {
        for (Group group : groups) {
            if (group.stream == event.stream() && group.time(event) > earliestMillis - group.retentionMillis) {
                return true;
            }
        }
        return false;
    }

    /** How long after its last event a key may still matter. */
    public long retentionMillis() {
        long longest = 0;
        for (Group group : groups) {
            longest = Math.max(longest, group.retentionMillis);
        }
        return longest;
    }

    /** What one event adds to the state while a window can reach it: a time and the values, 8 bytes each. */
    public int bytesPerEvent() {
        int bytes = 0;
        for (Group group : groups) {
            bytes += Long.BYTES + group.columnIds.length * Double.BYTES;
        }
        return bytes;
    }

    /**
     * Drops what does not matter to events at or after {@code nowMillis}.
     *
     * @return whether nothing is left
     */
    public boolean evict(KeyState state, long nowMillis) {
        bind(state);
        boolean empty = true;
        for (int i = 0; i < groups.length; i++) {
            state.blocks[i].dropUntil(nowMillis - groups[i].retentionMillis);
            empty &= state.blocks[i].isEmpty();
        }
        return empty;
    }

    /** Brings the blocks of a state that was made by another program, or read from bytes, into this program's order. */
    private void bind(KeyState state) {
        if (state.owner == this) {
            return;
        }
        Block[] bound = new Block[groups.length];
        for (int i = 0; i < groups.length; i++) {
            bound[i] = BlockBinding.bind(groups[i], state.blocks);
        }
        state.blocks = bound;
        state.owner = this;
    }

    private void point(Event event) {
        frame.numbers = event.numbers();
        frame.texts = event.texts();
    }
}

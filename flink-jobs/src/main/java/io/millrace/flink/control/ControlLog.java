/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.control;

import io.millrace.pipeline.control.ControlEntry;
import io.millrace.schema.OutputRecord;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A totally ordered log of control entries that is kept for ever. Reading and {@link #append}
 * are for one thread; after {@link #follow} only {@link #send} may be called.
 */
public interface ControlLog extends AutoCloseable {

    /** Makes the log of a subtask where that runs. */
    interface Factory extends Serializable {

        /**
         * @param user names the subtask to the log's server
         */
        ControlLog open(String user);
    }

    /** Takes what is read. */
    interface Reader {

        /**
         * @param position grows from entry to entry
         * @param entry null where the record is none that is understood
         * @param fault why it is none; empty where there is an entry
         */
        void take(long position, @Nullable ControlEntry entry, String fault) throws Exception;
    }

    /** Hears of a failure in a thread of the log. */
    interface FailureListener {
        void failed(Throwable cause);
    }

    /** Writes an entry, and returns its position when it will not be lost. */
    long append(ControlEntry entry) throws Exception;

    /** Hands on every entry from the log's beginning to a position, inclusive. */
    void readThrough(long position, Reader reader) throws Exception;

    /** Hands on what has come since; waits a moment when there is nothing. */
    void readOn(Reader reader) throws Exception;

    /** Goes on reading in a thread of its own, until the log is closed. */
    void follow(Reader reader, FailureListener listener);

    /** Writes an entry without waiting for it. */
    void send(ControlEntry entry, FailureListener listener);

    /**
     * Writes a record to another topic of the pipeline, at once and outside of any transaction: what has to be known
     * though the job does not get as far as its sinks. A failure to write is not reported: the job has worse to tell.
     */
    void report(OutputRecord record);

    @Override
    void close();
}

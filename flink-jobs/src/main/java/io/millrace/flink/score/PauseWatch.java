/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import org.apache.flink.api.common.operators.MailboxExecutor;

/**
 * Tells when input pauses: a mail runs after each record that the task processes, and finds that the batch has not grown
 * since the last one.
 */
final class PauseWatch {

    private final MailboxExecutor mailbox;
    private final Batch batch;
    private final Runnable paused;
    private int sizeAtLastLook;
    private boolean mailUnderWay;

    PauseWatch(MailboxExecutor mailbox, Batch batch, Runnable paused) {
        this.mailbox = mailbox;
        this.batch = batch;
        this.paused = paused;
    }

    /** Asks to be called after the next record that the task processes, or at once when there is none. */
    void watch() {
        if (!mailUnderWay) {
            mailUnderWay = true;
            sizeAtLastLook = 0;
            ask();
        }
    }

    /** The batch was emptied, and grows from nothing. */
    void emptied() {
        sizeAtLastLook = 0;
    }

    private void ask() {
        mailbox.execute(this::look, "score what is waiting");
    }

    private void look() {
        if (batch.size() > sizeAtLastLook) {
            sizeAtLastLook = batch.size();
            ask();
            return;
        }
        mailUnderWay = false;
        paused.run();
    }
}

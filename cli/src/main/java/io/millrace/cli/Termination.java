/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Ends a command at Ctrl-C the way it would end by itself: its thread is interrupted, closes what it has open in the
 * right order, and only then does the process end.
 */
final class Termination {

    private static final long LIMIT_SECONDS = 100;

    private Termination() {}

    /** Runs a command in this thread, and returns its exit code. */
    static int run(IntSupplier command) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(thread, ended), "termination"));
        try {
            return command.getAsInt();
        } finally {
            ended.countDown();
        }
    }

    private static void end(Thread command, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            if (!ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("millrace: not closed within " + LIMIT_SECONDS + " s, so it ends as it is.");
            }
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
        }
    }
}

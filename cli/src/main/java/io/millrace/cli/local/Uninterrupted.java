/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

/** Work that an interrupt must not cut short, such as to close what is open: the interrupt waits until it is done. */
public final class Uninterrupted {

    private Uninterrupted() {}

    public static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

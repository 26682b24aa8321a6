/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Reads all that a child prints, so that it never waits for a reader, and keeps the end of it: a flood costs nothing. */
final class LastWords {

    /** How much is kept. */
    static final int KEPT_BYTES = 4_000;

    private static final Duration READING = Duration.ofSeconds(10);

    private final Thread reader;
    private byte[] kept = new byte[0];
    private boolean cut;

    private LastWords(InputStream printed) {
        this.reader = new Thread(() -> read(printed), "millrace-child-output");
        reader.setDaemon(true);
    }

    static LastWords of(InputStream printed) {
        LastWords words = new LastWords(printed);
        words.reader.start();
        return words;
    }

    private void read(InputStream printed) {
        byte[] chunk = new byte[2 * KEPT_BYTES];
        try {
            for (int count = printed.read(chunk); count >= 0; count = printed.read(chunk)) {
                keep(chunk, count);
            }
        } catch (IOException closed) {
            keep(chunk, 0);
        }
    }

    private synchronized void keep(byte[] chunk, int count) {
        byte[] all = Arrays.copyOf(kept, kept.length + count);
        System.arraycopy(chunk, 0, all, kept.length, count);
        cut |= all.length > KEPT_BYTES;
        kept = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT_BYTES), all.length);
    }

    /** What is kept once the child has ended, in UTF-8; a mark stands where something before it is left out. */
    String text() throws InterruptedException {
        reader.join(READING.toMillis());
        synchronized (this) {
            String text = new String(kept, StandardCharsets.UTF_8).strip();
            return cut ? "…" + text : text;
        }
    }
}

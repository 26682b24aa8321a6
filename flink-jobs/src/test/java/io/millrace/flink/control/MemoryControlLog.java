/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.control;

import io.millrace.pipeline.control.ControlEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A control log of this JVM: whoever opens the same factory reads and writes the same entries. */
public final class MemoryControlLog implements ControlLog {

    private static final Map<String, List<ControlEntry>> LOGS = new ConcurrentHashMap<>();
    private static final long LOOK_MILLIS = 20;

    private final List<ControlEntry> entries;
    private int read;
    private volatile boolean closed;

    private MemoryControlLog(List<ControlEntry> entries) {
        this.entries = entries;
    }

    /** A new log. */
    public static Factory create() {
        String name = UUID.randomUUID().toString();
        return user -> new MemoryControlLog(LOGS.computeIfAbsent(name, absent -> new ArrayList<>()));
    }

    @Override
    public long append(ControlEntry entry) {
        synchronized (entries) {
            entries.add(entry);
            entries.notifyAll();
            return entries.size() - 1L;
        }
    }

    @Override
    public void readThrough(long position, Reader reader) throws Exception {
        while (read <= position) {
            readOn(reader);
        }
    }

    @Override
    public void readOn(Reader reader) throws Exception {
        ControlEntry entry;
        synchronized (entries) {
            if (read == entries.size()) {
                entries.wait(LOOK_MILLIS);
            }
            if (read == entries.size()) {
                return;
            }
            entry = entries.get(read);
        }
        reader.take(read++, entry, "");
    }

    @Override
    public void follow(Reader reader, FailureListener listener) {
        Thread thread = new Thread(() -> {
            try {
                while (!closed) {
                    readOn(reader);
                }
            } catch (Exception failed) {
                listener.failed(failed);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void send(ControlEntry entry, FailureListener listener) {
        append(entry);
    }

    @Override
    public void close() {
        closed = true;
    }
}

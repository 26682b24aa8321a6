/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.control;

import io.millrace.pipeline.control.ControlEntry;
import io.millrace.schema.OutputRecord;
import io.millrace.schema.control.ControlRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A control log of this JVM: whoever opens the same factory reads and writes the same records. */
public final class MemoryControlLog implements ControlLog {

    private static final String PIPELINE = "payments";
    private static final Map<String, List<byte[]>> TOPICS = new ConcurrentHashMap<>();
    private static final Map<String, List<OutputRecord>> REPORTS = new ConcurrentHashMap<>();
    private static final long LOOK_MILLIS = 20;

    private final ControlRecords records = new ControlRecords(PIPELINE);
    private final List<byte[]> topic;
    private final List<OutputRecord> reports;
    private int read;
    private volatile boolean closed;

    private MemoryControlLog(List<byte[]> topic, List<OutputRecord> reports) {
        this.topic = topic;
        this.reports = reports;
    }

    /** A topic of this process: every copy of it is the same one. */
    public record Topic(String name) implements Factory {

        @Override
        public ControlLog open(String user) {
            return new MemoryControlLog(records(), reports());
        }

        /** Writes what anybody may have written. */
        public void write(byte[] record) {
            List<byte[]> all = records();
            synchronized (all) {
                all.add(record);
                all.notifyAll();
            }
        }

        public void write(ControlEntry entry) {
            write(new ControlRecords(PIPELINE).encode(entry));
        }

        /** What was reported outside of the job's sinks. */
        public List<OutputRecord> reports() {
            return REPORTS.computeIfAbsent(name, absent -> new CopyOnWriteArrayList<>());
        }

        private List<byte[]> records() {
            return TOPICS.computeIfAbsent(name, absent -> new ArrayList<>());
        }
    }

    /** A new topic. */
    public static Topic create() {
        return new Topic(UUID.randomUUID().toString());
    }

    @Override
    public long append(ControlEntry entry) {
        synchronized (topic) {
            topic.add(records.encode(entry));
            topic.notifyAll();
            return topic.size() - 1L;
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
        byte[] record;
        synchronized (topic) {
            if (read == topic.size()) {
                topic.wait(LOOK_MILLIS);
            }
            if (read == topic.size()) {
                return;
            }
            record = topic.get(read);
        }
        ControlRecords.Reading reading = records.decode(record);
        reader.take(read++, reading.entry(), reading.fault());
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
    public void report(OutputRecord record) {
        reports.add(record);
    }

    @Override
    public void close() {
        closed = true;
    }
}

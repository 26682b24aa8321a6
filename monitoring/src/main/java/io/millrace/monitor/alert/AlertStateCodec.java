/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.alert;

import io.millrace.monitor.alert.AlertState.Progress;
import io.millrace.monitor.exact.CountCodec;
import io.millrace.pipeline.record.Alert;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of an {@link AlertState}: a version byte, then its subjects in order. Equal states have equal bytes. */
public final class AlertStateCodec {

    static final int VERSION = 1;

    private static final int MOST_SUBJECTS = 1 << 24;
    private static final int LONGEST_TEXT = 1 << 20;

    private AlertStateCodec() {}

    public static void write(AlertState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        CountCodec.write(state.subjects.size(), out);
        for (var each : state.subjects.entrySet()) {
            writeSubject(each.getKey(), out);
            writeProgress(each.getValue(), out);
        }
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static AlertState read(DataInput in) throws IOException {
        CountCodec.readVersion(VERSION, in);
        AlertState state = new AlertState();
        int subjects = CountCodec.readBelow(MOST_SUBJECTS, "number of subjects", in);
        for (int i = 0; i < subjects; i++) {
            AlertSubject subject = new AlertSubject(
                    readText(in), readText(in), readText(in), readName(in), readName(in), readName(in));
            state.subjects.put(subject, readProgress(subject, in));
        }
        return state;
    }

    private static void writeSubject(AlertSubject subject, DataOutput out) throws IOException {
        writeText(subject.rule(), out);
        writeText(subject.metric(), out);
        writeText(subject.definition(), out);
        writeName(subject.modelVersion(), out);
        writeName(subject.segment(), out);
        writeName(subject.feature(), out);
    }

    private static void writeProgress(Progress progress, DataOutput out) throws IOException {
        CountCodec.write(progress.streak, out);
        out.writeLong(progress.lastWindowEndMillis);
        out.writeLong(progress.closedAtMillis);
        Alert open = progress.open;
        out.writeBoolean(open != null);
        if (open != null) {
            writeText(open.id(), out);
            writeText(open.pipeline(), out);
            writeText(open.condition(), out);
            out.writeDouble(open.value());
            out.writeLong(open.openedAtMillis());
        }
    }

    private static Progress readProgress(AlertSubject subject, DataInput in) throws IOException {
        Progress progress = new Progress();
        progress.streak = CountCodec.readBelow(Integer.MAX_VALUE, "number of windows", in);
        progress.lastWindowEndMillis = in.readLong();
        progress.closedAtMillis = in.readLong();
        if (in.readBoolean()) {
            progress.open = readAlert(subject, in);
        }
        return progress;
    }

    private static Alert readAlert(AlertSubject subject, DataInput in) throws IOException {
        String id = readText(in);
        String pipeline = readText(in);
        String condition = readText(in);
        return new Alert(
                id,
                pipeline,
                subject.rule(),
                condition,
                subject.metric(),
                subject.definition(),
                subject.modelVersion(),
                subject.segment(),
                subject.feature(),
                in.readDouble(),
                in.readLong(),
                null);
    }

    private static void writeText(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CountCodec.write(bytes.length, out);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[CountCodec.readBelow(LONGEST_TEXT, "length of a text", in)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeName(@Nullable String name, DataOutput out) throws IOException {
        out.writeBoolean(name != null);
        if (name != null) {
            writeText(name, out);
        }
    }

    private static @Nullable String readName(DataInput in) throws IOException {
        return in.readBoolean() ? readText(in) : null;
    }
}

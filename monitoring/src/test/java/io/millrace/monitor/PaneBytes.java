/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** Bytes of panes in tests: written, read, and damaged. */
public final class PaneBytes {

    private PaneBytes() {}

    public static <P> byte[] of(P pane, Writer<P> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(pane, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static <P> P read(byte[] bytes, Reader<P> reader) throws IOException {
        return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /** Reading damaged bytes ends in a pane or in an IOException, never otherwise. */
    public static <P> void damage(byte[] good, Reader<P> reader) {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                read(bytes, reader);
            } catch (IOException expected) {
                continue;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** How a pane becomes bytes. */
    public interface Writer<P> {
        void write(P pane, DataOutput out) throws IOException;
    }

    /** How bytes become a pane. */
    public interface Reader<P> {
        P read(DataInput in) throws IOException;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A zip written byte by byte, so that every field of it can lie. */
final class ForgedZip {

    private final List<Entry> entries = new ArrayList<>();

    /** One entry; change its fields before writing. */
    static final class Entry {
        String name;
        String localName;
        byte[] packed;
        int flags;
        int method = 8;
        int madeBy = 3 << 8;
        int mode = 0100644;
        long crc;
        long compressed;
        long size;
        long offset = -1;

        private Entry(String name, byte[] content) {
            this.name = name;
            this.localName = name;
            this.packed = deflate(content);
            this.compressed = packed.length;
            this.size = content.length;
            CRC32 checksum = new CRC32();
            checksum.update(content);
            this.crc = checksum.getValue();
        }
    }

    Entry add(String name, byte[] content) {
        Entry entry = new Entry(name, content);
        entries.add(entry);
        return entry;
    }

    Path write(Path zip) {
        try {
            return Files.write(zip, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            long offset = out.size();
            entry.offset = entry.offset < 0 ? offset : entry.offset;
            out.writeBytes(local(entry));
            out.writeBytes(entry.packed);
        }
        int start = out.size();
        for (Entry entry : entries) {
            out.writeBytes(central(entry));
        }
        int size = out.size() - start;
        ByteBuffer end = buffer(22).putInt(0x06054b50).putInt(0);
        end.putShort((short) entries.size()).putShort((short) entries.size());
        out.writeBytes(end.putInt(size).putInt(start).putShort((short) 0).array());
        return out.toByteArray();
    }

    private static byte[] local(Entry entry) {
        byte[] name = entry.localName.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer header = buffer(30 + name.length).putInt(0x04034b50).putShort((short) 20);
        header.putShort((short) entry.flags).putShort((short) entry.method).putInt(0);
        header.putInt((int) entry.crc).putInt((int) entry.compressed).putInt((int) entry.size);
        return header.putShort((short) name.length)
                .putShort((short) 0)
                .put(name)
                .array();
    }

    private static byte[] central(Entry entry) {
        byte[] name = entry.name.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer header = buffer(46 + name.length).putInt(0x02014b50);
        header.putShort((short) entry.madeBy).putShort((short) 20);
        header.putShort((short) entry.flags).putShort((short) entry.method).putInt(0);
        header.putInt((int) entry.crc).putInt((int) entry.compressed).putInt((int) entry.size);
        header.putShort((short) name.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0);
        header.putShort((short) 0).putInt(entry.mode << 16).putInt((int) entry.offset);
        return header.put(name).array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 12];
        while (!deflater.finished()) {
            out.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        return out.toByteArray();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import static io.millrace.model.archive.ZipRefusal.refuse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * The central directory of a zip, read by our own strict reader: java.util.zip accepts duplicate names and does not show
 * file modes or encryption flags.
 *
 * <p>Layout: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.12 (central directory header) and 4.3.16 (end record). An archive
 * comment is not accepted, so that the end record stands at exactly one place.
 */
final class ZipDirectory {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int MADE_BY_UNIX = 3;
    private static final int MODE_TYPE = 0170000;
    private static final int MODE_FILE = 0100000;

    private final ByteBuffer zip;
    private final int start;
    private final int end;

    private ZipDirectory(ByteBuffer zip, int start, int end) {
        this.zip = zip;
        this.start = start;
        this.end = end;
    }

    /** Finds the directory by the end record in the last bytes of the zip (little-endian). */
    static ZipDirectory locate(ByteBuffer zip) {
        int end = zip.limit() - END_BYTES;
        if (end < 0 || zip.getInt(end) != END_SIGNATURE || zip.getShort(end + 20) != 0) {
            throw refuse("is not a whole zip: it does not end with a zip's end record. It was cut short, is another"
                    + " kind of file, or has an archive comment; pack the bundle again");
        }
        int count = Short.toUnsignedInt(zip.getShort(end + 10));
        if (count > BundleFile.values().length) {
            throw refuse("is a zip of " + count + " entries, a bundle has at most " + BundleFile.values().length
                    + ". Pack the bundle's own files only");
        }
        long size = Integer.toUnsignedLong(zip.getInt(end + 12));
        long start = Integer.toUnsignedLong(zip.getInt(end + 16));
        if (start + size != end || zip.getInt(end + 4) != 0 || zip.getShort(end + 8) != zip.getShort(end + 10)) {
            throw refuse("is a zip whose directory is not where its end record says. Pack the bundle again");
        }
        return new ZipDirectory(zip, (int) start, end);
    }

    int start() {
        return start;
    }

    /** Every entry, checked. */
    Map<BundleFile, ZipEntryHeader> entries() {
        Map<BundleFile, ZipEntryHeader> entries = new EnumMap<>(BundleFile.class);
        int position = start;
        while (position < end) {
            if (end - position < ENTRY_BYTES || zip.getInt(position) != ENTRY_SIGNATURE) {
                throw refuse("is a zip whose directory is damaged. Pack the bundle again");
            }
            ZipEntryHeader entry = entry(position);
            if (entries.put(entry.file(), entry) != null) {
                throw refuse(entry.file(), "is in the zip twice. Pack each file once");
            }
            position += ENTRY_BYTES + unsigned(position + 28) + unsigned(position + 30) + unsigned(position + 32);
        }
        return entries;
    }

    private ZipEntryHeader entry(int at) {
        int nameLength = unsigned(at + 28);
        if (nameLength > end - at - ENTRY_BYTES) {
            throw refuse("is a zip whose directory is damaged. Pack the bundle again");
        }
        byte[] name = new byte[nameLength];
        zip.get(at + ENTRY_BYTES, name);
        BundleFile file = file(new String(name, StandardCharsets.ISO_8859_1));
        checkMode(file, unsigned(at + 4) >>> 8, zip.getInt(at + 38) >>> 16);
        ZipEntryHeader entry = new ZipEntryHeader(
                file,
                unsigned(at + 8),
                unsigned(at + 10),
                Integer.toUnsignedLong(zip.getInt(at + 16)),
                Integer.toUnsignedLong(zip.getInt(at + 20)),
                Integer.toUnsignedLong(zip.getInt(at + 24)),
                Integer.toUnsignedLong(zip.getInt(at + 42)));
        entry.check();
        return entry;
    }

    private static BundleFile file(String name) {
        if (name.contains("..") || name.startsWith("/") || name.contains("\\") || name.contains(":")) {
            throw refuse("has an entry named '" + BundleFile.shown(name)
                    + "', which points outside the bundle. Do not use this zip");
        }
        if (name.contains("/")) {
            throw refuse("has an entry named '" + BundleFile.shown(name)
                    + "': a bundle has no directories. Pack the files without their directory");
        }
        return BundleFile.named(name);
    }

    private static void checkMode(BundleFile file, int madeBy, int mode) {
        int type = mode & MODE_TYPE;
        if (madeBy == MADE_BY_UNIX && type != 0 && type != MODE_FILE) {
            throw refuse(file, "is a link or a special file in the zip. Pack the file itself");
        }
    }

    private int unsigned(int position) {
        return Short.toUnsignedInt(zip.getShort(position));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import static io.millrace.model.archive.ZipRefusal.refuse;

import io.millrace.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A bundle in one zip, inflated in memory and counted while it is. */
final class ZipArchive implements Archive {

    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CHUNK = 1 << 13;

    private final ByteBuffer zip;
    private final Map<BundleFile, ZipEntryHeader> entries;

    private ZipArchive(ByteBuffer zip, Map<BundleFile, ZipEntryHeader> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    static ZipArchive open(Path path, long maxBytes) {
        ByteBuffer zip = ByteBuffer.wrap(bytes(path, maxBytes)).order(ByteOrder.LITTLE_ENDIAN);
        ZipDirectory directory = ZipDirectory.locate(zip);
        Map<BundleFile, ZipEntryHeader> entries = directory.entries();
        Archive.checkTotal(
                entries.values().stream().mapToLong(ZipEntryHeader::size).sum(), maxBytes);
        ZipArchive archive = new ZipArchive(zip, entries);
        archive.checkPlaces(directory.start());
        return archive;
    }

    @Override
    public Set<BundleFile> files() {
        return entries.keySet();
    }

    @Override
    public long size(BundleFile file) {
        ZipEntryHeader entry = entries.get(file);
        return entry == null ? 0 : entry.size();
    }

    @Override
    public byte[] read(BundleFile file) {
        ZipEntryHeader entry = entries.get(file);
        if (entry == null) {
            throw refuse(file, "is not in the zip. Pack the bundle again");
        }
        int from = contentStart(entry);
        byte[] packed = new byte[(int) entry.compressed()];
        zip.get(from, packed);
        byte[] content = entry.method() == ZipEntryHeader.STORED ? packed : inflate(entry, packed);
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.crc()) {
            throw refuse(file, "is damaged: its checksum in the zip differs. Pack the bundle again");
        }
        return content;
    }

    /** Entries stand one after the other, in front of the directory: none shares bytes with another. */
    private void checkPlaces(int directoryStart) {
        ZipEntryHeader[] ordered = entries.values().toArray(ZipEntryHeader[]::new);
        Arrays.sort(ordered, Comparator.comparingLong(ZipEntryHeader::offset));
        long free = 0;
        for (ZipEntryHeader entry : ordered) {
            if (entry.offset() < free || entry.offset() + LOCAL_BYTES > directoryStart) {
                throw refuse(entry.file(), "shares bytes with another entry of the zip. Pack the bundle again");
            }
            free = contentStart(entry) + entry.compressed();
            if (free > directoryStart) {
                throw refuse(entry.file(), "reaches past the end of the zip's content. Pack the bundle again");
            }
        }
    }

    /** Where the content starts: after the local header, which must tell the same story as the directory. */
    private int contentStart(ZipEntryHeader entry) {
        int at = (int) entry.offset();
        byte[] expected = entry.file().fileName().getBytes(StandardCharsets.US_ASCII);
        byte[] name = new byte[expected.length];
        boolean same = zip.getInt(at) == LOCAL_SIGNATURE
                && zip.getShort(at + 6) == (short) entry.flags()
                && zip.getShort(at + 8) == (short) entry.method()
                && zip.getShort(at + 26) == expected.length
                && at + LOCAL_BYTES + expected.length <= zip.limit();
        if (same) {
            zip.get(at + LOCAL_BYTES, name);
        }
        if (!same || !Arrays.equals(name, expected)) {
            throw refuse(entry.file(), "has a header that contradicts the zip's directory. Pack the bundle again");
        }
        return at + LOCAL_BYTES + expected.length + Short.toUnsignedInt(zip.getShort(at + 28));
    }

    private static byte[] inflate(ZipEntryHeader entry, byte[] packed) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished() && content.size() <= entry.size()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && !inflater.finished()) {
                    break;
                }
                content.write(chunk, 0, count);
            }
            if (inflater.finished() && inflater.getRemaining() == 0 && content.size() == entry.size()) {
                return content.toByteArray();
            }
        } catch (DataFormatException e) {
            throw new ModelException(
                    ModelException.Code.ARCHIVE,
                    entry.file().fileName() + ": cannot be inflated. Pack the bundle again.",
                    e);
        } finally {
            inflater.end();
        }
        throw refuse(
                entry.file(), "does not inflate to the " + entry.size() + " bytes it declares. Pack the bundle again");
    }

    private static byte[] bytes(Path path, long maxBytes) {
        try (InputStream in = Files.newInputStream(path)) {
            Archive.checkTotal(Files.size(path), maxBytes);
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            Archive.checkTotal(bytes.length, maxBytes);
            return bytes;
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO, "the zip cannot be read. Check that this user may read it.", e);
        }
    }
}

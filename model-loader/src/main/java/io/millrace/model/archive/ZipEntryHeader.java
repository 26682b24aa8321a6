/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import static io.millrace.model.archive.ZipRefusal.refuse;

/**
 * One entry of a zip's central directory.
 *
 * @param compressed bytes in the zip
 * @param size bytes after inflating, as declared
 * @param offset where its local header stands
 */
record ZipEntryHeader(BundleFile file, int flags, int method, long crc, long compressed, long size, long offset) {

    static final int STORED = 0;
    static final int DEFLATED = 8;
    /** An entry may not grow to more than this many times its compressed size. */
    static final int MAX_RATIO = 200;

    private static final int ENCRYPTION_FLAGS = 1 | 1 << 6 | 1 << 13;
    private static final long ZIP64 = 0xFFFF_FFFFL;

    /** Refuses what no bundle needs and many an attack does. */
    void check() {
        if ((flags & ENCRYPTION_FLAGS) != 0) {
            throw refuse(file, "is encrypted. Pack the bundle without a password");
        }
        if (method != STORED && method != DEFLATED) {
            throw refuse(
                    file,
                    "is packed by method " + method
                            + ", only 0 (stored) and 8 (deflated) are read. Pack the bundle with deflate");
        }
        if (compressed == ZIP64 || size == ZIP64 || offset == ZIP64) {
            throw refuse(file, "uses the zip64 format, which no bundle needs. Pack the bundle again");
        }
        file.checkSize(size);
        if (method == STORED && compressed != size) {
            throw refuse(
                    file, "is stored in " + compressed + " bytes but declares " + size + ". Pack the bundle again");
        }
        if (size > compressed * MAX_RATIO) {
            throw refuse(
                    file,
                    "would grow from " + compressed + " to " + size + " bytes, more than " + MAX_RATIO
                            + " times, as a zip bomb does. Pack the bundle without compression if it is honest");
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import io.millrace.model.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The files of one bundle, wherever they lie. */
public sealed interface Archive permits DirectoryArchive, ZipArchive {

    /** The most bytes that all files of a bundle together, or its zip, may have. */
    long DEFAULT_MAX_BYTES = 256L << 20;

    /** Which files there are. */
    Set<BundleFile> files();

    /** The size that was measured or declared; {@link #read} returns exactly that many bytes. */
    long size(BundleFile file);

    /** The bytes of a file that is there. */
    byte[] read(BundleFile file);

    /** The archive at a path: a directory, or else a zip. */
    static Archive open(Path path, long maxBytes) {
        if (Files.isDirectory(path)) {
            return DirectoryArchive.open(path, maxBytes);
        }
        if (Files.isRegularFile(path)) {
            return ZipArchive.open(path, maxBytes);
        }
        throw new ModelException(
                ModelException.Code.NOT_FOUND,
                "there is no such directory or zip. Check the model's name and version.");
    }

    /** Refuses a total over the cap. */
    static void checkTotal(long bytes, long maxBytes) {
        if (bytes > maxBytes) {
            throw new ModelException(
                    ModelException.Code.TOO_LARGE,
                    "has " + bytes + " bytes, a bundle has at most " + maxBytes + ". Make the model smaller.");
        }
    }
}

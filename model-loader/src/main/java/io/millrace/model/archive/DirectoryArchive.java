/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** A bundle in a directory: regular files only, none of them a link. */
final class DirectoryArchive implements Archive {

    private final Path directory;
    private final Map<BundleFile, Long> sizes;

    private DirectoryArchive(Path directory, Map<BundleFile, Long> sizes) {
        this.directory = directory;
        this.sizes = sizes;
    }

    static DirectoryArchive open(Path directory, long maxBytes) {
        Map<BundleFile, Long> sizes = new EnumMap<>(BundleFile.class);
        long total = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                BundleFile file = BundleFile.named(String.valueOf(entry.getFileName()));
                long size = size(file, entry);
                total += size;
                sizes.put(file, size);
            }
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO, "the directory cannot be read. Check that this user may read it.", e);
        }
        Archive.checkTotal(total, maxBytes);
        return new DirectoryArchive(directory, sizes);
    }

    @Override
    public Set<BundleFile> files() {
        return sizes.keySet();
    }

    @Override
    public long size(BundleFile file) {
        return sizes.getOrDefault(file, 0L);
    }

    @Override
    public byte[] read(BundleFile file) {
        int size = Math.toIntExact(size(file));
        try (InputStream in = Files.newInputStream(directory.resolve(file.fileName()), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(size);
            if (bytes.length == size && in.read() < 0) {
                return bytes;
            }
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    file.fileName() + ": cannot be read. Check that the file is there and that this user may read it.",
                    e);
        }
        throw new ModelException(
                ModelException.Code.IO,
                file.fileName() + ": changed while it was read. Write bundles elsewhere and move them into place.");
    }

    private static long size(BundleFile file, Path entry) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new ModelException(
                    ModelException.Code.ARCHIVE,
                    file.fileName() + ": is a link or a directory, not a file. Put the file itself there.");
        }
        file.checkSize(attributes.size());
        return attributes.size();
    }
}

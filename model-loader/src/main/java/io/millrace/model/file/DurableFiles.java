/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Changes to a directory that are whole or not there, also after a power cut. */
public final class DurableFiles {

    private static final String INCOMING = ".incoming-";

    private DurableFiles() {}

    /** Replaces a file: bytes to disk under another name first, then one atomic move. */
    public static void replace(Path file, byte[] bytes) throws IOException {
        replace(file, bytes, parent(file));
    }

    /** Replaces a file by way of another directory of the same disk, for a directory that takes no other names. */
    public static void replace(Path file, byte[] bytes, Path by) throws IOException {
        Path incoming = incoming(by);
        try {
            write(incoming, bytes);
            move(incoming, file);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    /** A new name beside the files of a directory; listings skip it. */
    public static Path incoming(Path parent) {
        return parent.resolve(INCOMING + UUID.randomUUID());
    }

    /** Moves a file or a directory into place in one step. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        flush(parent(to));
    }

    /** Puts the names in a directory onto the disk. */
    static void flush(Path parent) throws IOException {
        try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Deletes what writers that died have left in a directory. */
    static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, INCOMING + "*")) {
            for (Path path : left) {
                deleteRecursively(path);
            }
        }
    }

    /** Deletes a directory and all in it; nothing where there is none. */
    public static void deleteRecursively(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    /** Writes a file that is not there yet, down to the disk. */
    public static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(bytes);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
    }

    /** The directory that a file is in. */
    public static Path parent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " has no directory");
        }
        return parent;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.file;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store on this machine's disk. Every write is flushed before it is seen; writers of one directory, in this process or
 * another, wait for each other at the file {@code .lock}, which the operating system frees when its holder dies.
 */
public final class LocalStoreFiles implements StoreFiles {

    private static final String LOCK = ".lock";

    private final Path root;

    public LocalStoreFiles(Path root) {
        this.root = root;
    }

    @Override
    public String place(String path) {
        return local(path).toString();
    }

    @Override
    public List<Entry> list(String directory) throws IOException {
        Path parent = local(directory);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(parent)) {
            for (Path path : paths) {
                add(entries, path);
            }
        }
        return entries;
    }

    @Override
    public byte @Nullable [] read(String file, long maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(local(file))) {
            byte[] bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
            checkSize(place(file), bytes.length, maxBytes);
            return bytes;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public boolean create(String file, byte[] bytes) throws IOException {
        Path target = local(file);
        Files.createDirectories(DurableFiles.parent(target));
        Path incoming = DurableFiles.incoming(top(file));
        try {
            DurableFiles.write(incoming, bytes);
            Files.createLink(target, incoming);
            DurableFiles.flush(DurableFiles.parent(target));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("the disk under " + root + " has no hard links", e);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    @Override
    public void replace(String file, byte[] bytes) throws IOException {
        Path target = local(file);
        Files.createDirectories(DurableFiles.parent(target));
        DurableFiles.replace(target, bytes, top(file));
    }

    @Override
    public boolean rename(String from, String to) throws IOException {
        Path target = local(to);
        Files.createDirectories(DurableFiles.parent(target));
        try {
            DurableFiles.move(local(from), target);
            return true;
        } catch (FileSystemException e) {
            if (Files.exists(local(from)) && Files.exists(target)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean renamesInOneStep() {
        return true;
    }

    @Override
    public void delete(String path) throws IOException {
        DurableFiles.deleteRecursively(local(path));
    }

    @Override
    public <T> T exclusively(String directory, Change<T> change) throws IOException {
        Path parent = Files.createDirectories(local(directory)).toRealPath();
        return ProcessLocks.exclusively(parent.toString(), () -> {
            try (FileChannel lock =
                    FileChannel.open(parent.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                DurableFiles.sweep(parent);
                return change.make();
            }
        });
    }

    @Override
    public Path local(String path) {
        return path.isEmpty() ? root : root.resolve(path);
    }

    /** Refuses what has more bytes than are read. */
    public static void checkSize(String place, long bytes, long maxBytes) {
        if (bytes > maxBytes) {
            throw new ModelException(
                    ModelException.Code.TOO_LARGE,
                    place + ": has more than the " + maxBytes + " bytes that are read of it. Make it smaller.");
        }
    }

    /** Where unfinished files of a path go: the directory below the root, since a bundle's own takes no other names. */
    private Path top(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? root : root.resolve(path.substring(0, slash));
    }

    private static void add(List<Entry> entries, Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            entries.add(new Entry(String.valueOf(path.getFileName()), attributes.isDirectory(), attributes.size()));
        } catch (NoSuchFileException e) {
            return; // gone since the directory was read, or a link to nowhere
        }
    }
}

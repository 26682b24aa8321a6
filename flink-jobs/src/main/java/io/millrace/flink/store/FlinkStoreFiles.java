/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.store;

import io.millrace.model.file.LocalStoreFiles;
import io.millrace.model.file.ProcessLocks;
import io.millrace.model.file.StoreFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A store on a file system of Flink. What holds there:
 *
 * <ul>
 *   <li>A file is whole or not there. An object store shows an object when its stream is closed, so it is written in place.
 *       Elsewhere a file is written beside and renamed, since a file that is being written can be seen there.
 *   <li>A replaced file is the old one or the new one. Where a rename does not take the place of a file, as on HDFS, the old
 *       one is deleted first: for a moment there is none. Aliases are then read from their history, which is the old one
 *       whole.
 *   <li>A file is created where none is, as sure as the file system's own check: on HDFS by the rename, which is one step;
 *       on an object store two writers in the same instant may both succeed.
 *   <li>No directory moves in one step, so that a version is there when its last file is, {@code bundle.json}.
 *   <li>Writers of one process wait for each other. Writers in different processes do not: run the commands that change a
 *       model from one place at a time. Readers need no care.
 * </ul>
 */
public final class FlinkStoreFiles implements StoreFiles {

    /** Schemes behind which a file appears when its stream is closed, not before. */
    private static final Set<String> OBJECT_STORES =
            Set.of("s3", "s3a", "s3n", "s3p", "gs", "oss", "abfs", "abfss", "wasb", "wasbs", "cos", "cosn", "obs");

    private final FileSystem system;
    private final Path root;
    private final boolean objects;

    FlinkStoreFiles(FileSystem system, Path root, boolean objects) {
        this.system = system;
        this.root = root;
        this.objects = objects;
    }

    /** The files below a URI, on the file system that Flink has for its scheme. */
    public static FlinkStoreFiles at(URI root) throws IOException {
        return new FlinkStoreFiles(FileSystem.get(root), new Path(root), OBJECT_STORES.contains(root.getScheme()));
    }

    @Override
    public String place(String path) {
        return path(path).toString();
    }

    @Override
    public List<Entry> list(String directory) throws IOException {
        Path parent = path(directory);
        List<Entry> entries = new ArrayList<>();
        for (FileStatus status : statuses(parent)) {
            Path path = status.getPath();
            boolean itself = path.getPath().equals(parent.getPath());
            if (!itself && !path.getName().isEmpty()) {
                entries.add(new Entry(path.getName(), status.isDir(), status.getLen()));
            }
        }
        return entries;
    }

    @Override
    public byte @Nullable [] read(String file, long maxBytes) throws IOException {
        FileStatus status = status(path(file));
        if (status == null) {
            return null;
        }
        if (status.isDir()) {
            throw new IOException(place(file) + " is a directory");
        }
        LocalStoreFiles.checkSize(place(file), status.getLen(), maxBytes);
        try (InputStream in = system.open(path(file))) {
            byte[] bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
            LocalStoreFiles.checkSize(place(file), bytes.length, maxBytes);
            return bytes;
        }
    }

    @Override
    public boolean create(String file, byte[] bytes) throws IOException {
        Path target = path(file);
        if (system.exists(target)) {
            return false;
        }
        if (objects) {
            return write(target, bytes, WriteMode.NO_OVERWRITE);
        }
        Path incoming = written(file, bytes);
        if (system.rename(incoming, target)) {
            return true;
        }
        system.delete(incoming, false);
        if (system.exists(target)) {
            return false;
        }
        throw new IOException(incoming + " cannot be renamed to " + target);
    }

    @Override
    public void replace(String file, byte[] bytes) throws IOException {
        Path target = path(file);
        if (objects) {
            write(target, bytes, WriteMode.OVERWRITE);
            return;
        }
        Path incoming = written(file, bytes);
        if (system.rename(incoming, target)) {
            return;
        }
        boolean gap = system.exists(target) && system.delete(target, false);
        if (!gap || !system.rename(incoming, target)) {
            throw new IOException(incoming + " cannot be renamed to " + target);
        }
    }

    @Override
    public boolean rename(String from, String to) throws IOException {
        if (system.exists(path(to))) {
            return false;
        }
        if (system.rename(path(from), path(to))) {
            return true;
        }
        throw new IOException(place(from) + " cannot be renamed to " + place(to));
    }

    @Override
    public boolean renamesInOneStep() {
        return false;
    }

    @Override
    public void delete(String path) throws IOException {
        if (status(path(path)) != null && !system.delete(path(path), true)) {
            throw new IOException(place(path) + " cannot be deleted");
        }
    }

    @Override
    public <T> T exclusively(String directory, Change<T> change) throws IOException {
        return ProcessLocks.exclusively(place(directory), change);
    }

    @Override
    public java.nio.file.@Nullable Path local(String path) {
        return null;
    }

    /** The new bytes under a name that listings of versions skip, in the directory below the root. */
    private Path written(String file, byte[] bytes) throws IOException {
        int slash = file.indexOf('/');
        Path incoming = path((slash < 0 ? "" : file.substring(0, slash + 1)) + ".incoming-" + UUID.randomUUID());
        Path target = path(file).getParent();
        if (target != null) {
            system.mkdirs(target);
        }
        write(incoming, bytes, WriteMode.NO_OVERWRITE);
        return incoming;
    }

    /** False: another writer was first. After a failed write the stream stays open, as closing it would make an object. */
    private boolean write(Path file, byte[] bytes, WriteMode mode) throws IOException {
        FSDataOutputStream out;
        try {
            out = system.create(file, mode);
        } catch (IOException e) {
            if (mode == WriteMode.NO_OVERWRITE && system.exists(file)) {
                return false;
            }
            throw e;
        }
        out.write(bytes);
        out.close();
        return true;
    }

    private FileStatus[] statuses(Path directory) throws IOException {
        try {
            FileStatus[] statuses = system.listStatus(directory);
            return statuses == null ? new FileStatus[0] : statuses;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private @Nullable FileStatus status(Path path) throws IOException {
        try {
            return system.getFileStatus(path);
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    private Path path(String path) {
        return path.isEmpty() ? root : new Path(root, path);
    }
}

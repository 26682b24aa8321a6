/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a model store, wherever they lie. A path has its names separated by slashes, from the store's root on, as in
 * {@code card-fraud/1/bundle.json}; the empty path is the root. Directories come into being with what is put into them.
 */
public interface StoreFiles {

    /** A path as people know it, for messages. */
    String place(String path);

    /** What is directly in a directory, in no order; nothing where there is no such directory. */
    List<Entry> list(String directory) throws IOException;

    /**
     * The whole content of a file, or null where there is none.
     *
     * @throws io.millrace.model.ModelException with {@code TOO_LARGE} for a file of more than {@code maxBytes}
     */
    byte @Nullable [] read(String file, long maxBytes) throws IOException;

    /** Writes a file that is not there, whole or not at all. False: it is there, and stays as it is. */
    boolean create(String file, byte[] bytes) throws IOException;

    /** Writes a file; who reads it meanwhile gets the old bytes or the new ones, never some of both. */
    void replace(String file, byte[] bytes) throws IOException;

    /** Moves a directory with all in it. False: the target is there, and nothing has moved. */
    boolean rename(String from, String to) throws IOException;

    /** Whether {@link #rename} is one step: a reader, or a crash, never finds half of the directory. */
    boolean renamesInOneStep();

    /** Deletes a file, or a directory with all in it; nothing where there is none. */
    void delete(String path) throws IOException;

    /** Makes a change while no other writer that keeps to this method changes the same directory. */
    <T> T exclusively(String directory, Change<T> change) throws IOException;

    /** The path on this machine's own disk; null for a store that is elsewhere. */
    @Nullable
    Path local(String path);

    /** A file or a directory in a directory; of a directory, the bytes mean nothing. */
    record Entry(String name, boolean directory, long bytes) {}

    /** Several reads and writes that belong together. */
    @FunctionalInterface
    interface Change<T> {
        T make() throws IOException;
    }
}

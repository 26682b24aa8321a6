/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import io.millrace.model.file.LocalStoreFiles;
import io.millrace.model.file.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store's files that keep a journal and lose power before a chosen write: that write is left as a crash leaves it, and
 * nothing happens any more. As remote files they have no path here and no rename in one step, as an object store.
 */
final class TestFiles implements StoreFiles {

    private final Path root;
    private final StoreFiles files;
    private final boolean remote;
    private final List<String> journal = new ArrayList<>();
    private int writesLeft = Integer.MAX_VALUE;

    private TestFiles(Path root, boolean remote) {
        this.root = root;
        this.files = new LocalStoreFiles(root);
        this.remote = remote;
    }

    static TestFiles here(Path root) {
        return new TestFiles(root, false);
    }

    static TestFiles elsewhere(Path root) {
        return new TestFiles(root, true);
    }

    /** Power is lost instead of the write after so many. */
    TestFiles cutAfter(int writes) {
        writesLeft = writes;
        return this;
    }

    boolean isCut() {
        return writesLeft < 0;
    }

    List<String> journal() {
        return journal;
    }

    @Override
    public String place(String path) {
        return remote ? "test://store/" + path : files.place(path);
    }

    @Override
    public List<Entry> list(String directory) throws IOException {
        requirePower();
        return files.list(directory);
    }

    @Override
    public byte @Nullable [] read(String file, long maxBytes) throws IOException {
        requirePower();
        journal.add("read " + file);
        return files.read(file, maxBytes);
    }

    @Override
    public boolean create(String file, byte[] bytes) throws IOException {
        write("create " + file);
        return files.create(file, bytes);
    }

    @Override
    public void replace(String file, byte[] bytes) throws IOException {
        if (writesLeft == 0) {
            Files.write(root.resolve(file).getParent().resolve(".incoming-cut"), bytes);
        }
        write("replace " + file);
        files.replace(file, bytes);
    }

    @Override
    public boolean rename(String from, String to) throws IOException {
        write("rename to " + to);
        return files.rename(from, to);
    }

    @Override
    public boolean renamesInOneStep() {
        return !remote;
    }

    @Override
    public void delete(String path) throws IOException {
        requirePower();
        files.delete(path);
    }

    @Override
    public <T> T exclusively(String directory, Change<T> change) throws IOException {
        requirePower();
        return files.exclusively(directory, change);
    }

    @Override
    public @Nullable Path local(String path) {
        return remote ? null : files.local(path);
    }

    private void write(String what) throws IOException {
        requirePower();
        writesLeft--;
        requirePower();
        journal.add(what);
    }

    private void requirePower() throws IOException {
        if (isCut()) {
            throw new IOException("power cut");
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a run keeps its data: a directory that stays, or one that goes when the run ends. */
public final class WorkDirectory implements AutoCloseable {

    private final Path path;
    private final boolean kept;

    private WorkDirectory(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /** The directory to keep, or a temporary one. */
    public static WorkDirectory of(@Nullable Path keep) throws IOException {
        if (keep != null) {
            return new WorkDirectory(Files.createDirectories(keep).toAbsolutePath(), true);
        }
        return new WorkDirectory(Files.createTempDirectory("millrace-"), false);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stillInUse) {
            throw new UncheckedIOException(stillInUse);
        }
    }
}

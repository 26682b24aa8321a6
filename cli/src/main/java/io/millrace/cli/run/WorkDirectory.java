/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a run keeps its data: a directory that stays, or one that goes when the run ends, by Ctrl-C too. */
public final class WorkDirectory implements AutoCloseable {

    private final Path path;
    private final boolean kept;
    private final Thread hook = new Thread(this::delete, "work-directory");

    private WorkDirectory(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /** The directory to keep, or a temporary one. */
    public static WorkDirectory of(@Nullable Path keep) throws IOException {
        if (keep != null) {
            return new WorkDirectory(Files.createDirectories(keep).toAbsolutePath(), true);
        }
        WorkDirectory temporary = new WorkDirectory(Files.createTempDirectory("millrace-"), false);
        Runtime.getRuntime().addShutdownHook(temporary.hook);
        return temporary;
    }

    public Path path() {
        return path;
    }

    private void delete() {
        if (kept || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException stillInUse) {
            path.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() {
        delete();
        if (!kept) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                return;
            }
        }
    }
}

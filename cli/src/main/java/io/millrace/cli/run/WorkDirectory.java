/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a run keeps its data: a directory that stays, or one that goes when the run ends. */
public final class WorkDirectory implements AutoCloseable {

    private static final String LOCK = ".lock";

    private final Path path;
    /** Held while the directory is in use and kept; the operating system frees it when the process dies. */
    private final @Nullable FileChannel lock;

    private WorkDirectory(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * The directory to keep, or a temporary one.
     *
     * @throws CommandException when another run uses it: two would go on from the same checkpoint and fence each other
     */
    public static WorkDirectory of(@Nullable Path keep) throws IOException {
        if (keep == null) {
            return new WorkDirectory(Files.createTempDirectory("millrace-"), null);
        }
        Path path = Files.createDirectories(keep).toAbsolutePath();
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locks(channel)) {
            channel.close();
            throw new CommandException(
                    ExitCode.FAILED, keep + " is in use by another run. End that, or give another --data.");
        }
        return new WorkDirectory(path, channel);
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldHere) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        if (lock != null) {
            release(lock);
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

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

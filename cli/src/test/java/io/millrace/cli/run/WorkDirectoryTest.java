/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void oneRunAtATimeUsesADirectoryThatIsKept() throws IOException {
        Path data = directory.resolve("data");
        try (WorkDirectory first = WorkDirectory.of(data)) {
            assertThat(first.path()).isDirectory();
            assertThatThrownBy(() -> WorkDirectory.of(data))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(data + " is in use by another run. End that, or give another --data.");
        }
        try (WorkDirectory next = WorkDirectory.of(data)) {
            assertThat(next.path()).isDirectory();
        }
        assertThat(data).isDirectory();
    }

    @Test
    void aTemporaryDirectoryGoesWithItsRun() throws IOException {
        Path path;
        try (WorkDirectory temporary = WorkDirectory.of(null)) {
            path = temporary.path();
            Files.createFile(path.resolve("file"));
        }
        assertThat(path).doesNotExist();
    }
}

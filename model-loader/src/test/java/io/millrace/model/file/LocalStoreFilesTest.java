/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreFilesTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path root;

    private LocalStoreFiles files;

    @BeforeEach
    void open() {
        files = new LocalStoreFiles(root);
    }

    @Test
    void createsOnceAndReplacesAlways() throws IOException {
        assertThat(files.read("m/1/a", 3)).isNull();
        assertThat(files.create("m/1/a", OLD)).isTrue();
        assertThat(files.create("m/1/a", NEW)).isFalse();
        assertThat(files.read("m/1/a", 3)).isEqualTo(OLD);
        files.replace("m/1/a", NEW);
        assertThat(files.read("m/1/a", 3)).isEqualTo(NEW);
        try (Stream<Path> all = Files.walk(root).filter(Files::isRegularFile)) {
            assertThat(all).containsExactly(root.resolve("m/1/a"));
        }
    }

    @Test
    void readsNoMoreThanAsked() throws IOException {
        files.replace("m/a", OLD);
        assertThatThrownBy(() -> files.read("m/a", 2))
                .hasMessage(root.resolve("m/a") + ": has more than the 2 bytes that are read of it. Make it smaller.");
    }

    @Test
    void listsFilesAndDirectories() throws IOException {
        files.create("m/1/a", OLD);
        files.create("m/b", OLD);
        Files.createSymbolicLink(root.resolve("m").resolve("gone"), root.resolve("nowhere"));
        assertThat(files.list("m"))
                .anySatisfy(entry -> assertThat(entry).isEqualTo(new StoreFiles.Entry("b", false, 3)))
                .anySatisfy(
                        entry -> assertThat(entry.name() + entry.directory()).isEqualTo("1true"))
                .hasSize(2);
        assertThat(files.list("m/b")).isEmpty();
        assertThat(files.list("nowhere")).isEmpty();
    }

    @Test
    void movesADirectoryOntoNone() throws IOException {
        files.create("m/new/a", NEW);
        files.create("m/1/a", OLD);
        assertThat(files.rename("m/new", "m/1")).isFalse();
        assertThat(files.read("m/1/a", 3)).isEqualTo(OLD);
        assertThat(files.rename("m/new", "m/2")).isTrue();
        assertThat(files.read("m/2/a", 3)).isEqualTo(NEW);
        assertThatThrownBy(() -> files.rename("m/new", "m/3")).isInstanceOf(IOException.class);
    }

    @Test
    void deletesWhatIsThere() throws IOException {
        files.create("m/1/a", OLD);
        files.delete("m/1");
        files.delete("m/1");
        assertThat(files.list("m")).isEmpty();
    }

    @Test
    void aPrivateDirectoryIsThisUsersAndGoesAway() throws IOException {
        Path path;
        try (PrivateDirectory directory = PrivateDirectory.create()) {
            path = directory.path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            Files.write(path.resolve("a"), NEW);
        }
        assertThat(path).doesNotExist();
    }
}

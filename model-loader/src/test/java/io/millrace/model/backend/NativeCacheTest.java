/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {

    private static final String NAME = "org/example/linux/libexample.so";
    private static final byte[] LIBRARY = "a library".getBytes(StandardCharsets.UTF_8);
    private static final FileTime BUILT = FileTime.fromMillis(1_700_000_000_000L);
    private static final String CURE =
            " Set -Dorg.bytedeco.javacpp.cachedir=DIRECTORY to one that only this user or root can write to.";

    @TempDir
    private Path temporary;

    private Path directory;
    private Path jar;

    @BeforeEach
    void packLibrary() throws IOException {
        directory = temporary.toRealPath().resolve("cache");
        jar = temporary.resolve("example.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            ZipEntry entry = new ZipEntry(NAME);
            entry.setLastModifiedTime(BUILT);
            zip.putNextEntry(entry);
            zip.write(LIBRARY);
        }
    }

    @Test
    void makesAMissingDirectoryForThisUserAlone() throws IOException {
        require();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void takesALibraryAsItIsInItsJar() throws IOException {
        unpack(LIBRARY, BUILT);

        assertThatCode(this::require).doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherLibraryThatLooksLikeIt() throws IOException {
        unpack("A library".getBytes(StandardCharsets.UTF_8), BUILT);

        assertRefused(" has example.jar/" + NAME + ", which is not the file in the jar. Delete the directory: it is"
                + " filled again from the jars.");
    }

    @Test
    void leavesToJavaCppWhatItUnpacksAgainAnyway() throws IOException {
        unpack("a lib".getBytes(StandardCharsets.UTF_8), BUILT);
        assertThatCode(this::require).doesNotThrowAnyException();

        unpack("A library".getBytes(StandardCharsets.UTF_8), FileTime.fromMillis(0));
        assertThatCode(this::require).doesNotThrowAnyException();
    }

    @Test
    void refusesALink() throws IOException {
        Files.createSymbolicLink(directory, Files.createDirectory(temporary.resolve("elsewhere")));

        assertRefused(" is a symbolic link, which may lead elsewhere tomorrow." + CURE);
    }

    @Test
    void refusesAFile() throws IOException {
        Files.createFile(directory);

        assertRefused(" is no directory." + CURE);
    }

    @Test
    void saysWhyItCannotBeMade() throws IOException {
        Files.createFile(directory);
        Path below = directory.resolve("below");

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> require(below))
                .withMessageStartingWith("the native library cache " + below + " cannot be used: ")
                .withMessageEndingWith("." + CURE);
    }

    @Test
    void refusesADirectoryThatOthersCanWriteTo() throws IOException {
        Files.createDirectory(directory);
        permit(directory, "rwxrwxrwx");

        assertRefused(
                " can be written to by others (mode 777). Delete it if somebody may have, else run chmod -R go-w on"
                        + " the directory.");
    }

    @Test
    void refusesALibraryThatOthersCanReachAndWriteTo() throws IOException {
        Path library = unpack(LIBRARY, BUILT);
        permit(library, "rw-rw-rw-");
        permit(directory, "rwxr-xr-x");

        assertRefused(
                " has example.jar/" + NAME + ", which can be written to by others (mode 666). Delete it if somebody"
                        + " may have, else run chmod -R go-w on the directory.");

        permit(directory, "rwx------");
        assertThatCode(this::require).doesNotThrowAnyException();
    }

    @Test
    void refusesADirectoryOfAnotherUser() throws IOException {
        Files.createDirectory(directory);
        int self = (int) Files.getAttribute(directory, "unix:uid");
        assumeTrue(self == 0, "only root can give a directory away");
        Files.setAttribute(directory, "unix:uid", 4_711);

        assertRefused(" belongs to user 4711, not to this one (0) or root." + CURE);
    }

    @Test
    void refusesALinkThatLeadsOut() throws IOException {
        Path library = unpack(LIBRARY, BUILT);
        Files.createSymbolicLink(library.resolveSibling("libother.so"), jar);

        assertRefused(
                " has a link example.jar/org/example/linux/libother.so that leads out of it. Delete the directory.");
    }

    @Test
    void takesALinkThatStaysInside() throws IOException {
        Path library = unpack(LIBRARY, BUILT);
        Files.createSymbolicLink(library.resolveSibling("libexample.so.0"), library.getFileName());

        assertThatCode(this::require).doesNotThrowAnyException();
    }

    @Test
    void aProcessWithACacheThatCannotBeTrustedSaysSoAndLoadsNothing() throws Exception {
        Files.createDirectory(directory);
        permit(directory, "rwxrwxrwx");
        Path log = temporary.resolve("log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + NativeCache.PROPERTY + "=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeBackend.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(log)
                .content()
                .endsWith("the native library cache " + directory
                        + " can be written to by others (mode 777). Delete it if somebody may have, else run chmod -R go-w on"
                        + " the directory.\n");
        assertThat(directory).isEmptyDirectory();
    }

    private Path unpack(byte[] content, FileTime time) throws IOException {
        Path file = directory.resolve("example.jar").resolve(NAME);
        Files.createDirectories(file.getParent());
        permit(directory, "rwx------");
        Files.write(file, content);
        Files.setLastModifiedTime(file, time);
        return file;
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private void assertRefused(String rest) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(this::require)
                .withMessage("the native library cache " + directory + rest)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ModelException.Code.NATIVE));
    }

    private void require() throws IOException {
        require(directory);
    }

    private void require(Path cache) throws IOException {
        try (URLClassLoader jars = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            new NativeCache(cache).require(jars);
        }
    }
}

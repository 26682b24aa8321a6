/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.backend;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory that JavaCPP unpacks native libraries to and loads them from. Whoever can write there runs code in every
 * process that uses it: it has to belong to this user or to root, nobody else may write to it, and each library has to be
 * the one in its jar.
 */
final class NativeCache {

    /** The system property that names it, for JavaCPP and for us. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int OPEN_TO_OTHERS = 0077;
    private static final String CURE =
            "Set -D" + PROPERTY + "=DIRECTORY to one that only this user or root can write to";

    private final Path directory;

    NativeCache(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Where JavaCPP will look: where the property says, else under the home directory. */
    static NativeCache ofThisProcess() {
        String named = System.getProperty(PROPERTY);
        return new NativeCache(
                named == null ? Path.of(System.getProperty("user.home"), ".javacpp", "cache") : Path.of(named));
    }

    Path directory() {
        return directory;
    }

    /**
     * Refuses a directory that is not to be trusted; makes one that is missing, for this user alone.
     *
     * @param jars finds the jars that libraries were unpacked from
     */
    void require(ClassLoader jars) {
        try {
            create();
            requireOurs();
            requireContents(jars);
        } catch (IOException failed) {
            throw refuse("cannot be used: " + failed, CURE);
        }
    }

    /** What a failure to load from here comes down to, and what to do. */
    ModelException doesNotLoad(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new ModelException(
                ModelException.Code.NATIVE,
                "ND4J's native library does not load from " + directory + ": " + cause
                        + ". Look whether the file system is full or mounted noexec, and whether there is an nd4j-native"
                        + " jar for this platform on the class path; or set -D" + PROPERTY + " to another directory.",
                failure);
    }

    private void create() throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (hasOwners(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(directory);
        }
    }

    private void requireOurs() throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw refuse("is a symbolic link, which may lead elsewhere tomorrow", CURE);
        }
        if (!Files.isDirectory(directory)) {
            throw refuse("is no directory", CURE);
        }
        if (!hasOwners(directory)) {
            return;
        }
        int self = ownId();
        requireOwner(directory, self);
        if ((mode(directory) & OPEN_TO_OTHERS) != 0) {
            for (Path path : contents()) {
                requireOwner(path, self);
            }
        }
    }

    private void requireOwner(Path path, int self) throws IOException {
        int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        String place = path.equals(directory) ? "" : "has " + directory.relativize(path) + ", which ";
        if (owner != 0 && owner != self) {
            throw refuse(place + "belongs to user " + owner + ", not to this one (" + self + ") or root", CURE);
        }
        if (!Files.isSymbolicLink(path) && (mode(path) & WRITABLE_BY_OTHERS) != 0) {
            throw refuse(
                    place + "can be written to by others (mode " + Integer.toOctalString(mode(path) & 07777) + ")",
                    "Delete it if somebody may have, else run chmod -R go-w on the directory");
        }
    }

    private void requireContents(ClassLoader jars) throws IOException {
        Path real = directory.toRealPath();
        for (Path path : contents()) {
            if (Files.isSymbolicLink(path) && Files.exists(path)) {
                if (!path.toRealPath().startsWith(real)) {
                    throw refuse(
                            "has a link " + directory.relativize(path) + " that leads out of it",
                            "Delete the directory");
                }
            } else if (Files.isRegularFile(path) && path.getNameCount() > directory.getNameCount() + 1) {
                requireAsInJar(path, jars);
            }
        }
    }

    /** JavaCPP unpacks {@code a/b.so} of {@code x.jar} to {@code x.jar/a/b.so}. */
    private void requireAsInJar(Path file, ClassLoader jars) throws IOException {
        Path inside = directory.relativize(file);
        JarLibrary library = JarLibrary.find(
                jars,
                inside.getName(0).toString(),
                inside.subpath(1, inside.getNameCount()).toString());
        if (library != null && library.isFeignedBy(file)) {
            throw refuse(
                    "has " + inside + ", which is not the file in the jar",
                    "Delete the directory: it is filled again from the jars");
        }
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !path.equals(directory)).toList();
        }
    }

    /** The id of the user that this process runs as: who owns what it creates. */
    private static int ownId() throws IOException {
        Path probe = Files.createTempFile("millrace", ".owner");
        try {
            return (int) Files.getAttribute(probe, "unix:uid");
        } finally {
            Files.delete(probe);
        }
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean hasOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private ModelException refuse(String found, String cure) {
        return new ModelException(
                ModelException.Code.NATIVE, "the native library cache " + directory + ' ' + found + ". " + cure + '.');
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.backend;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A native library as the directory of its jar describes it.
 *
 * <p>The checksum is the jar's own: it finds what was cut short, damaged or replaced without a thought, at the price of
 * reading the file once (unpacking 320 MB to compare would cost seconds at every start). It is no proof against somebody who
 * makes a file to fit; against that the directory is closed.
 */
record JarLibrary(long bytes, long modifiedMillis, long crc) {

    private static final int BUFFER = 1 << 18;

    /** The library, where a jar of this name is on the class path and has it; else null. */
    static @Nullable JarLibrary find(ClassLoader jars, String jarName, String name) throws IOException {
        Enumeration<URL> found = jars.getResources(name);
        while (found.hasMoreElements()) {
            if (found.nextElement().openConnection() instanceof JarURLConnection connection) {
                Path jar = Path.of(connection.getJarFile().getName());
                if (jar.getFileName().toString().equals(jarName)) {
                    JarEntry entry = connection.getJarEntry();
                    return new JarLibrary(entry.getSize(), entry.getTime(), entry.getCrc());
                }
            }
        }
        return null;
    }

    /**
     * Whether JavaCPP would load the file as this library though it is another. One of another size or time it unpacks
     * again, before it loads anything.
     */
    boolean isFeignedBy(Path file) throws IOException {
        return Files.size(file) == bytes
                && Files.getLastModifiedTime(file).toMillis() == modifiedMillis
                && crc(file) != crc;
    }

    private static long crc(Path file) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return crc.getValue();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.format.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of a good bundle, to be altered by someone who also knows how to make bundle.json agree. */
public final class BundleFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> files = new TreeMap<>();

    /** The files of a bundle written into a directory below {@code work}. */
    public static BundleFiles of(BundleDraft draft, Path work) {
        BundleFiles bundle = new BundleFiles();
        Path directory = work.resolve("good");
        BundleWriter.write(directory, draft);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                bundle.files.put(String.valueOf(entry.getFileName()), Files.readAllBytes(entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bundle;
    }

    public byte[] get(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    /** Puts a file and leaves bundle.json alone. */
    public BundleFiles put(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    public BundleFiles remove(String name) {
        files.remove(name);
        return this;
    }

    /** Puts a file and lists its size and digest in bundle.json. */
    public BundleFiles vouched(String name, byte[] bytes) {
        put(name, bytes);
        return json(
                "bundle.json",
                bundle -> bundle.withObject("/files")
                        .putObject(name)
                        .put("sha256", Sha256.of(bytes))
                        .put("bytes", bytes.length));
    }

    public BundleFiles vouched(String name, String text) {
        return vouched(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Changes the text of a file, and lists it anew. */
    public BundleFiles text(String name, UnaryOperator<String> change) {
        return vouched(name, change.apply(new String(get(name), StandardCharsets.UTF_8)));
    }

    /** Changes the JSON of bundle.json itself. */
    public BundleFiles json(String name, java.util.function.Consumer<ObjectNode> change) {
        try {
            ObjectNode tree = (ObjectNode) JSON.readTree(get(name));
            change.accept(tree);
            return put(name, JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory(Path directory) {
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(directory.resolve(file.getKey()), file.getValue());
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path zip(Path zip) {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
            return zip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

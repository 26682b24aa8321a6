/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.FlinkFileSystems;
import io.millrace.flink.store.ModelStores;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.model.store.FileModelStore;
import io.millrace.model.store.LocalModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place on a command line: a path of this machine, or a URI of any file system that Flink has. */
final class StoreUri {

    static final String WORDS = "a directory, or a URI such as s3://bucket/models";

    private static final Pattern ELSEWHERE = Pattern.compile("(?!file:)[a-z][a-z0-9+.-]+:/.*");
    private static final Pattern BUNDLE = Pattern.compile("(.+:/(?:.*[^/])?)/([^/]+)/([^/]+)/*");
    private static final String FILE = "file:";

    private StoreUri() {}

    static boolean isElsewhere(String place) {
        return ELSEWHERE.matcher(place).matches();
    }

    /** The path that a place is, with or without its scheme. */
    static Path path(String place) {
        return Path.of(place.startsWith(FILE) ? place.substring(FILE.length()) : place);
    }

    /** Copies a bundle elsewhere, {@code <store>/<name>/<version>}, into an empty directory. */
    static void copy(String bundle, Path into) {
        Matcher parts = BUNDLE.matcher(bundle);
        if (!parts.matches()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + bundle + "' is no bundle in a store. Write it with its name and version, as"
                            + " s3://bucket/models/card-fraud/1.");
        }
        open(parts.group(1), SignaturePolicy.OFF).copy(parts.group(2), parts.group(3), into);
    }

    static FileModelStore open(String place, SignaturePolicy signatures) {
        if (!isElsewhere(place)) {
            Path directory = path(place);
            if (Files.isRegularFile(directory)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        place
                                + " is a file, a store is a directory. A pipeline file says in model.store where its is.");
            }
            return new LocalModelStore(directory, signatures);
        }
        FlinkFileSystems.prepare(place, Map.of());
        return ModelStores.open(place, signatures);
    }
}

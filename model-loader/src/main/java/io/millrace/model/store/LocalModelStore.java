/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import io.millrace.model.ModelException;
import io.millrace.model.archive.Archive;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.file.DurableFiles;
import io.millrace.model.format.BundleReader;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.format.Sha256;
import io.millrace.model.score.Scorers;
import io.millrace.model.score.SelfExam;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** A model store in a directory: {@code <root>/<name>/<version>/} and {@code <root>/<name>/aliases.json}. */
public final class LocalModelStore implements ModelStore {

    private static final int ONE_BATCH = 32;

    private final Path root;
    private final SignaturePolicy signatures;

    /** A store that does not look at signatures. */
    public LocalModelStore(Path root) {
        this(root, SignaturePolicy.OFF);
    }

    public LocalModelStore(Path root, SignaturePolicy signatures) {
        this.root = root;
        this.signatures = signatures;
    }

    @Override
    public ModelVersion resolve(String name, String aliasOrVersion) {
        Path model = model(name);
        StoreName.check("alias or version", aliasOrVersion);
        SortedMap<String, String> aliases = aliases(name);
        String version = aliases.getOrDefault(aliasOrVersion, aliasOrVersion);
        if (Files.isDirectory(model.resolve(version))) {
            return version(name, version);
        }
        List<String> known = new ArrayList<>(versions(name));
        known.addAll(aliases.keySet());
        throw new ModelException(
                ModelException.Code.NOT_FOUND,
                "model '" + name + "' has no version or alias '" + aliasOrVersion + "' in the store " + root + "."
                        + Problems.suggest(aliasOrVersion, known) + " Train or import it, or set the alias.");
    }

    @Override
    public List<ModelVersion> list(String name) {
        return versions(name).stream().map(version -> version(name, version)).toList();
    }

    @Override
    public List<String> names() {
        return directories(root).sorted().toList();
    }

    @Override
    public SortedMap<String, String> aliases(String name) {
        try {
            return Aliases.read(model(name));
        } catch (ModelException e) {
            throw e.within("model '" + name + "'");
        }
    }

    @Override
    public Bundle open(ModelVersion version) {
        Path directory = directory(version.name(), version.version());
        Bundle bundle = new BundleReader(Archive.DEFAULT_MAX_BYTES, signatures).read(directory);
        if (!bundle.version().equals(version)) {
            throw new ModelException(
                    ModelException.Code.DIGEST,
                    "bundle " + directory + ": is " + shown(bundle.version()) + ", expected " + shown(version)
                            + ". A version never changes: restore it, or publish the new one under its own version.");
        }
        return bundle;
    }

    /**
     * Makes a draft a version. It appears whole or not at all, and only when it passes its golden exam; a draft without
     * golden cases gets some of origin {@code self}.
     */
    public ModelVersion publish(BundleDraft draft) {
        Description description = draft.description();
        Path target = directory(description.name(), description.version());
        if (Files.exists(target) || aliases(description.name()).containsKey(description.version())) {
            throw new ModelException(
                    ModelException.Code.EXISTS,
                    "model '" + description.name() + "' already has a version or alias '" + description.version()
                            + "'. A version never changes: choose another one.");
        }
        try {
            Files.createDirectories(model(description.name()));
            return publish(draft.golden() == null ? SelfExam.complete(draft) : draft, target);
        } catch (IOException e) {
            throw cannotWrite(description.name(), e);
        }
    }

    /** Points an alias at a version that is there. */
    public void alias(String name, String alias, String version) {
        StoreName.check("alias", alias);
        if (versions(name).contains(alias)) {
            throw new ModelException(
                    ModelException.Code.EXISTS,
                    "model '" + name + "' has a version '" + alias
                            + "', so no alias can have that name. Choose another.");
        }
        if (!versions(name).contains(version)) {
            resolve(name, version);
            throw new ModelException(
                    ModelException.Code.NAME,
                    "model '" + name + "': '" + version + "' is an alias; an alias points at a version. Give the"
                            + " version.");
        }
        SortedMap<String, String> aliases = aliases(name);
        aliases.put(alias, version);
        try {
            Aliases.write(model(name), aliases);
        } catch (IOException e) {
            throw cannotWrite(name, e);
        }
    }

    private ModelVersion publish(BundleDraft draft, Path target) throws IOException {
        Path incoming = DurableFiles.incoming(model(draft.description().name()));
        boolean published = false;
        try {
            Bundle bundle = BundleWriter.write(incoming, draft);
            Scorers.open(bundle, ONE_BATCH).close();
            DurableFiles.move(incoming, target);
            published = true;
            return bundle.version();
        } finally {
            if (!published) {
                DurableFiles.deleteRecursively(incoming);
            }
        }
    }

    private List<String> versions(String name) {
        return directories(model(name)).sorted(VersionOrder.OLDEST_FIRST).toList();
    }

    private static Stream<String> directories(Path parent) {
        if (!Files.isDirectory(parent)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            List<String> names = entries.filter(Files::isDirectory)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .filter(entry -> !entry.startsWith("."))
                    .toList();
            return names.stream();
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    "the store " + parent + " cannot be read. Check that this user may read it.",
                    e);
        }
    }

    private ModelVersion version(String name, String version) {
        Path file = directory(name, version).resolve(BundleFile.BUNDLE.fileName());
        int most = Math.toIntExact(BundleFile.BUNDLE.maxBytes());
        try (InputStream in = Files.newInputStream(file)) {
            return new ModelVersion(name, version, Sha256.of(in.readNBytes(most + 1)));
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.FILES,
                    "bundle " + file.getParent()
                            + ": bundle.json: cannot be read, so this is no bundle. Write the bundle" + " again.",
                    e);
        }
    }

    private Path model(String name) {
        return root.resolve(StoreName.check("model", name));
    }

    private Path directory(String name, String version) {
        return model(name).resolve(StoreName.check("version", version));
    }

    private static String shown(ModelVersion version) {
        return "'" + version.name() + "' " + version.version() + " sha256 " + version.digest();
    }

    private static ModelException cannotWrite(String name, IOException cause) {
        return new ModelException(
                ModelException.Code.IO,
                "model '" + name + "' cannot be written. Check the store's rights and that the disk has room.",
                cause);
    }
}

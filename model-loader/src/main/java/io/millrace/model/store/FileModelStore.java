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
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.file.StoreFiles;
import io.millrace.model.file.StoreName;
import io.millrace.model.format.Sha256;
import io.millrace.model.score.Scorers;
import io.millrace.model.signature.BundleSignature;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A model store on any files: {@code <name>/<version>/}, and beside the versions {@code aliases.json} and
 * {@code aliases-history.json}. Readers need no lock; writers of one model wait for each other as far as the files let them.
 */
public sealed class FileModelStore implements ModelStore permits LocalModelStore {

    private final StoreFiles files;
    private final Versions versions;
    private final AliasLedger ledger;
    private final StoredBundles bundles;

    /** A store of bundles of the usual size. */
    public FileModelStore(StoreFiles files, SignaturePolicy signatures) {
        this(files, signatures, Archive.DEFAULT_MAX_BYTES);
    }

    /** A store of bundles of at most that many bytes. */
    public FileModelStore(StoreFiles files, SignaturePolicy signatures, long maxBytes) {
        this.files = files;
        this.versions = new Versions(files);
        this.ledger = new AliasLedger(files);
        this.bundles = new StoredBundles(files, signatures, maxBytes);
    }

    @Override
    public ModelVersion resolve(String name, String aliasOrVersion) {
        StoreName.check("model", name);
        StoreName.check("alias or version", aliasOrVersion);
        SortedMap<String, String> aliases = aliases(name);
        String version = aliases.getOrDefault(aliasOrVersion, aliasOrVersion);
        ModelVersion found = versions.find(name, version);
        if (found != null) {
            return found;
        }
        if (versions.names(name).contains(version)) {
            throw halfWritten(name, version);
        }
        throw version.equals(aliasOrVersion) ? unknown(name, version) : dangling(name, aliasOrVersion, version);
    }

    @Override
    public List<ModelVersion> list(String name) {
        return versions.of(name);
    }

    @Override
    public List<String> names() {
        return versions.models();
    }

    @Override
    public SortedMap<String, String> aliases(String name) {
        return ledger.aliases(name);
    }

    @Override
    public Bundle open(ModelVersion version) {
        String directory = Versions.directory(version.name(), version.version());
        Bundle bundle = bundles.read(directory);
        if (!bundle.version().equals(version)) {
            throw new ModelException(
                    ModelException.Code.DIGEST,
                    "bundle " + files.place(directory) + ": is " + shown(bundle.version()) + ", expected "
                            + shown(version)
                            + ". A version never changes: restore it, or publish the new one under its own version.");
        }
        return bundle;
    }

    /** What became of an alias, oldest change first; at most the last hundred are remembered. */
    public List<AliasChange> history(String name, String alias) {
        return ledger.history(name).of(StoreName.check("alias", alias));
    }

    /**
     * Makes a draft a version. It appears whole or not at all, and only when it passes its golden exam; a draft without
     * golden cases gets some of origin {@code self}.
     */
    public ModelVersion publish(BundleDraft draft) {
        String name = draft.description().name();
        String version = draft.description().version();
        Versions.directory(name, version);
        return exclusively(name, () -> {
            if (versions.find(name, version) != null || aliases(name).containsKey(version)) {
                throw Publication.taken(name, version);
            }
            if (versions.names(name).contains(version)) {
                throw halfWritten(name, version);
            }
            return new Publication(files).publish(draft);
        });
    }

    /** Signs a version that opens; it stays the same version. An earlier signature is replaced. */
    public BundleSignature sign(String name, String version, PrivateKey key) {
        ModelVersion whole = resolve(name, version);
        String directory = Versions.directory(name, whole.version());
        new StoredBundles(files, SignaturePolicy.OFF, Archive.DEFAULT_MAX_BYTES).read(directory);
        return exclusively(name, () -> {
            byte[] manifest = files.read(directory + '/' + BundleFile.BUNDLE.fileName(), BundleFile.BUNDLE.maxBytes());
            if (manifest == null || !Sha256.of(manifest).equals(whole.digest())) {
                throw new ModelException(
                        ModelException.Code.DIGEST,
                        "bundle " + files.place(directory)
                                + ": changed while it was signed, and a version never changes. Restore it.");
            }
            BundleSignature signature = BundleSignature.sign(manifest, key);
            files.replace(directory + '/' + BundleFile.SIGNATURE.fileName(), signature.text());
            return signature;
        });
    }

    /** What the file {@code signature} of a version says, unchecked; null where there is none. */
    public @Nullable BundleSignature signature(String name, String version) {
        return bundles.signature(Versions.directory(name, version));
    }

    /** Copies the files of a version into an empty directory, no more bytes than a bundle may have, and reads none of them. */
    public void copy(String name, String version, Path into) {
        bundles.copy(Versions.directory(name, version), into);
    }

    /** Points an alias at a version that is there, and asks nothing else. */
    public void alias(String name, String alias, String version) {
        checkTarget(name, alias, version);
        exclusively(name, () -> ledger.point(name, alias, version, AliasChange.Cause.SET, null));
    }

    /**
     * Points an alias at a version that opens and passes its golden exam. Refused unless the promotion allows it: a version
     * older than the one in force, and one whose golden cases are its own.
     */
    public AliasChange promote(String name, String alias, String version, Promotion promotion) {
        checkTarget(name, alias, version);
        return exclusively(name, () -> {
            checkPromotion(name, alias, version, promotion);
            return ledger.point(name, alias, version, AliasChange.Cause.PROMOTE, promotion.at());
        });
    }

    /** Throws where {@link #promote} would refuse; changes nothing. */
    public void checkPromotion(String name, String alias, String version, Promotion promotion) {
        checkTarget(name, alias, version);
        Bundle bundle = examined(name, version);
        String current = aliases(name).get(alias);
        if (bundle.golden().origin() == GoldenCases.Origin.SELF && !promotion.unverified()) {
            throw unverified(name, version);
        }
        if (current != null && VersionOrder.isOlder(version, current) && !promotion.downgrade()) {
            throw downgrade(name, alias, current, version);
        }
    }

    /** Points an alias at the version before the current one, which must open; again, at the one before that. */
    public AliasChange rollback(String name, String alias, Instant at) {
        if (!aliases(name).containsKey(StoreName.check("alias", alias))) {
            throw noAlias(name, alias);
        }
        return exclusively(name, () -> {
            SortedMap<String, String> aliases = aliases(name);
            String previous = ledger.history(name).upTo(aliases).previous(alias);
            if (previous == null || versions.find(name, previous) == null) {
                throw noWayBack(name, alias, String.valueOf(aliases.get(alias)), previous);
            }
            examined(name, previous);
            return ledger.point(name, alias, previous, AliasChange.Cause.ROLLBACK, at);
        });
    }

    private Bundle examined(String name, String version) {
        Bundle bundle = open(resolve(name, version));
        Scorers.open(bundle, Publication.ONE_BATCH).close();
        return bundle;
    }

    private void checkTarget(String name, String alias, String version) {
        StoreName.check("alias", alias);
        if (versions.names(name).contains(alias)) {
            throw new ModelException(
                    ModelException.Code.EXISTS,
                    "model '" + name + "' has a version '" + alias
                            + "', so no alias can have that name. Choose another.");
        }
        if (!resolve(name, version).version().equals(version)) {
            throw new ModelException(
                    ModelException.Code.NAME,
                    "model '" + name + "': '" + version + "' is an alias; an alias points at a version. Give the"
                            + " version.");
        }
    }

    private <T> T exclusively(String name, StoreFiles.Change<T> change) {
        try {
            return files.exclusively(StoreName.check("model", name), change);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    "model '" + name + "' cannot be written. Check the store's rights and that the disk has room.",
                    e);
        }
    }

    private ModelException noAlias(String name, String alias) {
        return new ModelException(
                ModelException.Code.NOT_FOUND,
                "model '" + name + "' has no alias '" + alias + "' in the store " + files.place("") + "."
                        + Problems.suggest(alias, new ArrayList<>(aliases(name).keySet()))
                        + " Promote a version to make it.");
    }

    private ModelException noWayBack(String name, String alias, String current, @Nullable String previous) {
        String found = previous == null
                ? "no version before that is remembered. Promote a version instead."
                : "the version before, " + previous + ", is not in the store " + files.place("")
                        + ". Restore that version, or promote another.";
        return new ModelException(
                ModelException.Code.HISTORY,
                "model '" + name + "': the alias '" + alias + "' points at " + current + ", and " + found);
    }

    private static ModelException unverified(String name, String version) {
        return new ModelException(
                ModelException.Code.UNVERIFIED,
                "model '" + name + "' " + version + ": its golden cases are of origin self, so nobody says that its"
                        + " outputs are right. Import it with --cases of its framework, or promote it with"
                        + " --unverified.");
    }

    private static ModelException downgrade(String name, String alias, String current, String version) {
        return new ModelException(
                ModelException.Code.DOWNGRADE,
                "model '" + name + "': the alias '" + alias + "' points at " + current + ", and " + version
                        + " is older. Promote a newer one, roll the alias back, or promote it with --downgrade.");
    }

    private ModelException unknown(String name, String aliasOrVersion) {
        List<String> known = new ArrayList<>(versions.names(name));
        known.addAll(aliases(name).keySet());
        return new ModelException(
                ModelException.Code.NOT_FOUND,
                "model '" + name + "' has no version or alias '" + aliasOrVersion + "' in the store "
                        + files.place("") + "." + Problems.suggest(aliasOrVersion, known)
                        + " Train or import it, or set the alias.");
    }

    private ModelException dangling(String name, String alias, String version) {
        return new ModelException(
                ModelException.Code.NOT_FOUND,
                "model '" + name + "': the alias '" + alias + "' points at " + version + ", which is not in the store "
                        + files.place("") + ". Restore that version, or point the alias at another.");
    }

    private ModelException halfWritten(String name, String version) {
        return new ModelException(
                ModelException.Code.NOT_FOUND,
                "bundle " + files.place(Versions.directory(name, version))
                        + ": bundle.json: is missing, so its writer is still at work or was cut short. Wait for it, or"
                        + " remove that directory and publish again.");
    }

    private static String shown(ModelVersion version) {
        return "'" + version.name() + "' " + version.version() + " sha256 " + version.digest();
    }
}

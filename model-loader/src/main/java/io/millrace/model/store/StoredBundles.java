/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import io.millrace.model.ModelException;
import io.millrace.model.archive.Archive;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.file.LocalStoreFiles;
import io.millrace.model.file.PrivateDirectory;
import io.millrace.model.file.StoreFiles;
import io.millrace.model.format.BundleReader;
import io.millrace.model.signature.BundleSignature;
import io.millrace.model.signature.SignaturePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads bundles out of a store. One that lies elsewhere is copied into a private directory first: bundle.json and its
 * signature before all else, and no byte over the cap.
 */
final class StoredBundles {

    private final StoreFiles files;
    private final SignaturePolicy signatures;
    private final long maxBytes;

    StoredBundles(StoreFiles files, SignaturePolicy signatures, long maxBytes) {
        this.files = files;
        this.signatures = signatures;
        this.maxBytes = maxBytes;
    }

    /** The bundle in a directory of the store. */
    Bundle read(String directory) {
        String place = files.place(directory);
        BundleReader reader = new BundleReader(maxBytes, signatures);
        Path local = files.local(directory);
        if (local != null) {
            return reader.read(local, place);
        }
        try (PrivateDirectory copy = PrivateDirectory.create()) {
            fetch(place, directory, copy.path());
            return reader.read(copy.path(), place);
        } catch (IOException e) {
            throw notCopied(place, e);
        }
    }

    /** Copies the files of a directory of the store. */
    void copy(String directory, Path into) {
        String place = files.place(directory);
        try {
            fetch(place, directory, into);
        } catch (IOException e) {
            throw notCopied(place, e);
        }
    }

    /** What the signature of a bundle says, unchecked; null where there is none. */
    @Nullable
    BundleSignature signature(String directory) {
        String place = files.place(directory);
        try {
            byte[] text =
                    files.read(directory + '/' + BundleFile.SIGNATURE.fileName(), BundleFile.SIGNATURE.maxBytes());
            return text == null ? null : BundleSignature.read(text);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    "bundle " + place
                            + ": signature: cannot be read. Check that it is a file and that this user may read it.",
                    e);
        } catch (ModelException malformed) {
            throw malformed.within("bundle " + place);
        }
    }

    private static ModelException notCopied(String place, IOException cause) {
        return new ModelException(
                ModelException.Code.IO,
                "bundle " + place + ": cannot be copied here. Check the store, and that the temporary directory has"
                        + " room.",
                cause);
    }

    private void fetch(String place, String directory, Path into) throws IOException {
        try {
            fetch(directory, into);
        } catch (ModelException e) {
            throw e.within("bundle " + place);
        }
    }

    private void fetch(String directory, Path into) throws IOException {
        Set<BundleFile> there = names(directory);
        if (there.isEmpty()) {
            throw new ModelException(
                    ModelException.Code.NOT_FOUND, "there is no such directory. Check the model's name and version.");
        }
        byte[] manifest =
                there.contains(BundleFile.BUNDLE) ? fetch(directory, BundleFile.BUNDLE, into, maxBytes) : null;
        byte[] signature =
                there.contains(BundleFile.SIGNATURE) ? fetch(directory, BundleFile.SIGNATURE, into, maxBytes) : null;
        if (manifest == null) {
            return; // the reader says so
        }
        checkSignature(manifest, signature);
        long left = maxBytes - manifest.length - (signature == null ? 0 : signature.length);
        for (BundleFile file : there) {
            if (file.listed()) {
                left -= fetch(directory, file, into, left).length;
            }
        }
    }

    private void checkSignature(byte[] manifest, byte @Nullable [] signature) {
        ModelException fault = signatures.fault(manifest, signature);
        if (fault != null && signatures.mode() == SignaturePolicy.Mode.REQUIRE) {
            throw fault;
        }
    }

    private Set<BundleFile> names(String directory) throws IOException {
        Set<BundleFile> there = EnumSet.noneOf(BundleFile.class);
        long total = 0;
        for (StoreFiles.Entry entry : files.list(directory)) {
            BundleFile file = BundleFile.named(entry.name());
            if (entry.directory()) {
                throw new ModelException(
                        ModelException.Code.ARCHIVE,
                        file.fileName() + ": is a link or a directory, not a file. Put the file itself there.");
            }
            file.checkSize(entry.bytes());
            total += entry.bytes();
            there.add(file);
        }
        Archive.checkTotal(total, maxBytes);
        return there;
    }

    private byte[] fetch(String directory, BundleFile file, Path into, long left) throws IOException {
        long most = Math.min(file.maxBytes(), left);
        byte[] bytes = files.read(directory + '/' + file.fileName(), most);
        if (bytes == null) {
            throw new ModelException(
                    ModelException.Code.FILES, file.fileName() + ": is missing. Write the bundle again.");
        }
        LocalStoreFiles.checkSize(file.fileName(), bytes.length, most);
        Files.write(into.resolve(file.fileName()), bytes, StandardOpenOption.CREATE_NEW);
        return bytes;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Calibration;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.file.DurableFiles;
import io.millrace.model.json.JsonText;
import io.millrace.model.network.Coefficients;
import io.millrace.model.signature.BundleSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.EnumMap;
import java.util.Map;

/** Writes bundles: the same draft gives the same bytes, anywhere and at any time. */
public final class BundleWriter {

    private BundleWriter() {}

    /**
     * Writes the files of a bundle into a directory, which is made, and reads them back with the safe reader.
     *
     * @param draft with its golden cases
     * @return the bundle as any reader of that directory will see it
     */
    public static Bundle write(Path directory, BundleDraft draft) {
        Map<BundleFile, byte[]> files = files(draft);
        try {
            Files.createDirectories(directory);
            for (Map.Entry<BundleFile, byte[]> file : files.entrySet()) {
                DurableFiles.write(directory.resolve(file.getKey().fileName()), file.getValue());
            }
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    "bundle " + directory
                            + ": cannot be written. Check the directory's rights and that the disk has room.",
                    e);
        }
        return new BundleReader().read(directory);
    }

    /**
     * Signs a bundle in a directory, after reading it whole; a signature that is there already is replaced in one step. The
     * version's digest stays what it was.
     */
    public static BundleSignature sign(Path directory, PrivateKey key) {
        String place = "bundle " + directory + ": ";
        if (Files.isRegularFile(directory)) {
            throw new ModelException(
                    ModelException.Code.ARCHIVE,
                    place + "is a file, a bundle is signed in its directory. Sign it there and pack it again.");
        }
        String digest = new BundleReader().read(directory).version().digest();
        try {
            byte[] manifest = Files.readAllBytes(directory.resolve(BundleFile.BUNDLE.fileName()));
            if (!Sha256.of(manifest).equals(digest)) {
                throw new ModelException(
                        ModelException.Code.IO, place + "changed while it was signed. Look at it and sign it again.");
            }
            BundleSignature signature = BundleSignature.sign(manifest, key);
            DurableFiles.replace(
                    directory.resolve(BundleFile.SIGNATURE.fileName()),
                    signature.text(),
                    DurableFiles.parent(directory));
            return signature;
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Code.IO,
                    place + "the signature cannot be written. Check the rights of the directory and of the one above.",
                    e);
        }
    }

    private static Map<BundleFile, byte[]> files(BundleDraft draft) {
        GoldenCases golden = draft.golden();
        if (golden == null) {
            throw new IllegalArgumentException("a bundle needs golden cases");
        }
        Map<BundleFile, byte[]> files = new EnumMap<>(BundleFile.class);
        files.put(BundleFile.CONFIGURATION, draft.configuration().getBytes(StandardCharsets.UTF_8));
        files.put(BundleFile.COEFFICIENTS, Coefficients.write(draft.weights()));
        files.put(BundleFile.NORMALIZER, PreprocessingCodec.write(draft.preprocessing()));
        files.put(BundleFile.GOLDEN, GoldenCodec.write(golden));
        if (!draft.calibration().equals(Calibration.IDENTITY)) {
            files.put(BundleFile.CALIBRATION, CalibrationCodec.write(draft.calibration()));
        }
        if (draft.reference() != null) {
            files.put(BundleFile.REFERENCE, draft.reference());
        }
        files.put(BundleFile.CARD, draft.card().getBytes(StandardCharsets.UTF_8));
        ObjectNode bundle = DescriptionCodec.write(draft.description());
        FileTable.write(bundle, files);
        files.put(BundleFile.BUNDLE, JsonText.bytes(bundle));
        return files;
    }
}

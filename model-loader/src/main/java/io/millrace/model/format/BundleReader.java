/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import io.millrace.model.ModelException;
import io.millrace.model.archive.Archive;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import io.millrace.model.network.Network;
import io.millrace.model.network.NetworkReader;
import io.millrace.pipeline.record.ModelVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The safe reader: a bundle is refused before anything of it runs and before memory is taken for what it merely claims.
 * Nothing is deserialized by Java, no class is loaded by a name in the bundle, and DL4J is not called here at all.
 */
public final class BundleReader {

    private final long maxBytes;

    public BundleReader() {
        this(Archive.DEFAULT_MAX_BYTES);
    }

    /** A reader of bundles of at most that many bytes. */
    public BundleReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The bundle in a directory or in a zip. A refusal says where in the bundle, what was found, and the cure. */
    public Bundle read(Path path) {
        try {
            return read(Archive.open(path, maxBytes));
        } catch (ModelException e) {
            throw e.within("bundle " + path);
        }
    }

    private static Bundle read(Archive archive) {
        if (!archive.files().contains(BundleFile.BUNDLE)) {
            throw new ModelException(
                    ModelException.Code.FILES, "bundle.json: is missing, so this is no bundle. Check the path.");
        }
        byte[] manifest = archive.read(BundleFile.BUNDLE);
        JsonObject json = JsonText.object(BundleFile.BUNDLE.fileName(), manifest);
        Description description = DescriptionCodec.read(json);
        FileTable table = FileTable.read(json);
        json.rejectUnknownKeys();
        OptionalFiles.refuseSignature(archive);
        table.check(archive);
        OptionalFiles.check(archive, table);
        ModelVersion version = new ModelVersion(description.name(), description.version(), Sha256.of(manifest));
        return content(version, description, archive, table);
    }

    private static Bundle content(ModelVersion version, Description description, Archive archive, FileTable table) {
        int inputs = description.inputs().size();
        Preprocessing preprocessing = PreprocessingCodec.read(table.read(archive, BundleFile.NORMALIZER), inputs);
        GoldenCases golden = GoldenCodec.read(table.read(archive, BundleFile.GOLDEN), inputs, description.outputs());
        checkMeans(description.inputs(), preprocessing, golden);
        String card = text(table.read(archive, BundleFile.CARD));
        Network network = NetworkReader.read(
                table.read(archive, BundleFile.CONFIGURATION), table.read(archive, BundleFile.COEFFICIENTS));
        checkWidth("inputs", inputs, network.inputs());
        checkWidth("outputs", description.outputs(), network.outputs());
        return new Bundle(version, description, preprocessing, network, golden, card);
    }

    private static void checkWidth(String what, int described, int found) {
        if (described != found) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    "bundle.json: has " + described + " " + what + ", the network in configuration.json has " + found
                            + ". Write the bundle again with the features that the network was trained on.");
        }
    }

    /** A golden case with a missing value needs the mean that replaces it. */
    private static void checkMeans(List<String> inputs, Preprocessing preprocessing, GoldenCases golden) {
        for (int row = 0; row < golden.inputs().size(); row++) {
            for (int i = 0; i < inputs.size(); i++) {
                if (Double.isNaN(golden.inputs().get(row)[i])
                        && Double.isNaN(preprocessing.means()[i])) {
                    throw new ModelException(
                            ModelException.Code.CONTENT,
                            "golden.json: inputs." + row + " lacks '" + inputs.get(i)
                                    + "', for which normalizer.json has no mean. Give the mean or the value.");
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelException(
                    ModelException.Code.CONTENT, "card.md: is not UTF-8 text. Write the bundle again.", e);
        }
    }
}

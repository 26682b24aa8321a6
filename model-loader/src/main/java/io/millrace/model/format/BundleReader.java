/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import io.millrace.model.ModelException;
import io.millrace.model.archive.Archive;
import io.millrace.model.archive.BundleFile;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.Calibration;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.model.configuration.NetworkReader;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import io.millrace.model.network.Network;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.pipeline.record.ModelVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The safe reader: a bundle is refused before anything of it runs and before memory is taken for what it merely claims.
 * Nothing is deserialized by Java, no class is loaded by a name in the bundle, and DL4J is not called here at all.
 */
public final class BundleReader {

    private final long maxBytes;
    private final SignaturePolicy signatures;

    public BundleReader() {
        this(Archive.DEFAULT_MAX_BYTES, SignaturePolicy.OFF);
    }

    /** A reader of bundles of at most that many bytes that the policy lets in. */
    public BundleReader(long maxBytes, SignaturePolicy signatures) {
        this.maxBytes = maxBytes;
        this.signatures = signatures;
    }

    /** The bundle in a directory or in a zip. A refusal says where in the bundle, what was found, and the cure. */
    public Bundle read(Path path) {
        return read(path, path.toString());
    }

    /** The bundle in a directory or in a zip that stands for another place, which refusals name. */
    public Bundle read(Path path, String place) {
        try {
            return read(Archive.open(path, maxBytes), place);
        } catch (ModelException e) {
            throw e.within("bundle " + place);
        }
    }

    private Bundle read(Archive archive, String place) {
        if (!archive.files().contains(BundleFile.BUNDLE)) {
            throw new ModelException(
                    ModelException.Code.FILES, "bundle.json: is missing, so this is no bundle. Check the path.");
        }
        byte[] manifest = archive.read(BundleFile.BUNDLE);
        checkSignature(archive, manifest, place);
        JsonObject json = JsonText.object(BundleFile.BUNDLE.fileName(), manifest);
        Description description = DescriptionCodec.read(json);
        FileTable table = FileTable.read(json);
        json.rejectUnknownKeys();
        table.check(archive);
        OptionalFiles.check(archive, table);
        ModelVersion version = new ModelVersion(description.name(), description.version(), Sha256.of(manifest));
        return content(version, description, archive, table);
    }

    /** Before anything of the bundle is believed, even that its text is JSON. */
    private void checkSignature(Archive archive, byte[] manifest, String place) {
        boolean signed = archive.files().contains(BundleFile.SIGNATURE);
        ModelException fault = signatures.fault(manifest, signed ? archive.read(BundleFile.SIGNATURE) : null);
        if (fault != null && signatures.mode() == SignaturePolicy.Mode.REQUIRE) {
            throw fault;
        }
        if (fault != null) {
            signatures.warn(fault.within("bundle " + place));
        }
    }

    private static Bundle content(ModelVersion version, Description description, Archive archive, FileTable table) {
        int inputs = description.layout().width();
        Preprocessing preprocessing = PreprocessingCodec.read(table.read(archive, BundleFile.NORMALIZER), inputs);
        GoldenCases golden = GoldenCodec.read(table.read(archive, BundleFile.GOLDEN), inputs, description.outputs());
        checkMeans(description.layout(), preprocessing, golden);
        String card = text(table.read(archive, BundleFile.CARD));
        Network network = NetworkReader.read(
                table.read(archive, BundleFile.CONFIGURATION),
                table.read(archive, BundleFile.COEFFICIENTS),
                description.layout().shapes());
        checkOutputs(description.outputs(), network.outputs());
        return new Bundle(
                version,
                description,
                preprocessing,
                network,
                calibration(description, archive, table),
                golden,
                card,
                OptionalFiles.reference(archive, table));
    }

    private static Calibration calibration(Description description, Archive archive, FileTable table) {
        if (!archive.files().contains(BundleFile.CALIBRATION)) {
            return Calibration.IDENTITY;
        }
        Calibration calibration = CalibrationCodec.read(table.read(archive, BundleFile.CALIBRATION));
        if (description.task() != Task.BINARY && !calibration.equals(Calibration.IDENTITY)) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    "calibration.json: makes probabilities of a binary task's answers, this is a "
                            + description.task().word() + " task. Write the bundle again without it.");
        }
        return calibration;
    }

    private static void checkOutputs(int described, int found) {
        if (described != found) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    "bundle.json: has " + described + " outputs, the network in configuration.json has " + found
                            + ". Write the bundle again with the outputs of its network.");
        }
    }

    /** A golden case with a missing value needs the mean that replaces it; padding needs none. */
    private static void checkMeans(InputLayout layout, Preprocessing preprocessing, GoldenCases golden) {
        boolean[] padded = layout.paddable();
        for (int row = 0; row < golden.inputs().size(); row++) {
            double[] values = golden.inputs().get(row);
            for (int i = 0; i < values.length; i++) {
                if (Double.isNaN(values[i]) && Double.isNaN(preprocessing.means()[i]) && !padded[i]) {
                    throw new ModelException(
                            ModelException.Code.CONTENT,
                            "golden.json: inputs." + row + " lacks '"
                                    + layout.slots().get(i)
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

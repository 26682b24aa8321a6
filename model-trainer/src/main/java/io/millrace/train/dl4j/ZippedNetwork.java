/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.dl4j;

import io.millrace.model.ModelException;
import io.millrace.model.configuration.NetworkReader;
import io.millrace.model.network.Network;
import io.millrace.train.network.ImportedNetwork;
import io.millrace.train.network.RefusedModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * The network in a zip that DL4J's {@code ModelSerializer} wrote. Two entries are read: {@code configuration.json} and
 * {@code coefficients.bin}. The state of training is left where it is; what holds Java objects refuses the zip.
 */
public final class ZippedNetwork {

    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final Map<String, Long> READ = Map.of(CONFIGURATION, 1L << 20, COEFFICIENTS, 256L << 20);
    /** Only training wants it, and it is never opened. */
    private static final Set<String> LEFT = Set.of("updaterState.bin");

    private static final Set<String> JAVA_OBJECTS = Set.of("updater.bin", "preprocessor.bin");
    private static final String NORMALIZER = "normalizer.bin";
    private static final int MOST_ENTRIES = 16;

    private ZippedNetwork() {}

    /** Reads the zip; every refusal is a {@link RefusedModelException} or a {@link ModelException}. */
    public static ImportedNetwork read(Path file) {
        Map<String, byte[]> entries = entries(file);
        Network network = NetworkReader.read(entry(entries, CONFIGURATION), entry(entries, COEFFICIENTS));
        String configuration =
                MultiLayerConfiguration.fromJson(network.configuration()).toJson();
        return ImportedNetwork.of(network, configuration, "layers of DL4J's own");
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) {
        byte[] bytes = entries.get(name);
        if (bytes == null) {
            throw new RefusedModelException(
                    ModelException.Code.FILES, name + " is missing. Give a zip that DL4J's ModelSerializer wrote.");
        }
        return bytes;
    }

    private static Map<String, byte[]> entries(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, byte[]> entries = new HashMap<>();
            if (zip.size() > MOST_ENTRIES) {
                throw new RefusedModelException(
                        ModelException.Code.FILES,
                        "it has " + zip.size() + " entries. Give a zip that DL4J's ModelSerializer wrote.");
            }
            for (ZipEntry entry : Collections.list(zip.entries())) {
                checkName(entry.getName());
                boolean twice =
                        READ.containsKey(entry.getName()) && entries.put(entry.getName(), content(zip, entry)) != null;
                if (twice) {
                    throw new RefusedModelException(
                            ModelException.Code.ARCHIVE, entry.getName() + " is there twice. Save the network again.");
                }
            }
            return entries;
        } catch (ZipException | IllegalArgumentException torn) {
            throw new RefusedModelException(
                    ModelException.Code.ARCHIVE, "it is no whole zip. Give a zip that DL4J's ModelSerializer wrote.");
        } catch (IOException failed) {
            throw new RefusedModelException(ModelException.Code.IO, "it cannot be read. Check the file.");
        }
    }

    private static void checkName(String name) {
        if (JAVA_OBJECTS.contains(name)) {
            throw new RefusedModelException(
                    name + " holds serialized Java objects, which are never read. Save the network"
                            + " with DL4J 1.0.0-M2.1 and without it.");
        }
        if (name.equals(NORMALIZER)) {
            throw new RefusedModelException(
                    "it brings a normalizer, which is not read, and without it the network answers"
                            + " otherwise. Normalize in the pipeline's features and save the network without it.");
        }
        if (!READ.containsKey(name) && !LEFT.contains(name)) {
            throw new RefusedModelException(
                    ModelException.Code.FILES,
                    "it holds '" + shown(name)
                            + "', which no network has. Give a zip that DL4J's ModelSerializer wrote.");
        }
    }

    /** The entry, inflated up to its cap whatever size it claims. */
    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        int most = READ.getOrDefault(entry.getName(), 0L).intValue();
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new RefusedModelException(
                        ModelException.Code.TOO_LARGE,
                        entry.getName() + " has more than " + most + " bytes. Make the network smaller.");
            }
            return content;
        }
    }

    private static String shown(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= 60 ? clean : clean.substring(0, 60) + "…";
    }
}

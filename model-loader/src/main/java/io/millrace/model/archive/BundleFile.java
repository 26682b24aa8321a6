/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import io.millrace.model.ModelException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file that a bundle may have. There are no others. */
public enum BundleFile {
    /** Says what the model is and names the digest of every other file. */
    BUNDLE("bundle.json", true, 1 << 20),
    CONFIGURATION("configuration.json", true, 1 << 20),
    /** The weights, in ND4J's binary format. */
    COEFFICIENTS("coefficients.bin", true, 256L << 20),
    /** Training means and the normalizer. */
    NORMALIZER("normalizer.json", true, 4 << 20),
    GOLDEN("golden.json", true, 16 << 20),
    CARD("card.md", true, 1 << 20),
    VOCABULARY("vocabulary.json", false, 16 << 20),
    CALIBRATION("calibration.json", false, 1 << 20),
    REFERENCE("reference.json", false, 16 << 20),
    /** Who vouches for bundle.json. */
    SIGNATURE("signature", false, 1 << 10);

    private static final int SHOWN_AT_MOST = 60;

    private final String fileName;
    private final boolean required;
    private final long maxBytes;

    BundleFile(String fileName, boolean required, long maxBytes) {
        this.fileName = fileName;
        this.required = required;
        this.maxBytes = maxBytes;
    }

    public String fileName() {
        return fileName;
    }

    public boolean required() {
        return required;
    }

    /** Whether bundle.json names its digest; it names neither its own nor that of the signature over it. */
    public boolean listed() {
        return this != BUNDLE && this != SIGNATURE;
    }

    public long maxBytes() {
        return maxBytes;
    }

    /** The file of exactly that name, or null. */
    public static @Nullable BundleFile find(String name) {
        for (BundleFile file : values()) {
            if (file.fileName.equals(name)) {
                return file;
            }
        }
        return null;
    }

    /** The file of exactly that name; any other name is refused. */
    public static BundleFile named(String name) {
        BundleFile file = find(name);
        if (file == null) {
            throw new ModelException(
                    ModelException.Code.FILES,
                    "holds '" + shown(name) + "', which is no file of a bundle (allowed: " + names()
                            + "). Remove it and write the bundle again.");
        }
        return file;
    }

    /** Refuses a size over this file's cap. */
    public void checkSize(long bytes) {
        if (bytes > maxBytes) {
            throw new ModelException(
                    ModelException.Code.TOO_LARGE,
                    fileName + ": has " + bytes + " bytes, at most " + maxBytes + " are read. Make the file smaller.");
        }
    }

    private static String names() {
        return Arrays.stream(values()).map(BundleFile::fileName).collect(Collectors.joining(", "));
    }

    /** A name out of an archive as it may stand in a message: short, and without control characters. */
    public static String shown(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= SHOWN_AT_MOST ? clean : clean.substring(0, SHOWN_AT_MOST) + "…";
    }
}

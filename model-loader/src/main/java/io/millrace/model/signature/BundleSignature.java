/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.signature;

import io.millrace.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The file {@code signature} of a bundle: an Ed25519 signature (RFC 8032) over the bytes of {@code bundle.json}, and the id
 * of the key that made it. Four lines of text; there is exactly one text for each signature.
 */
public final class BundleSignature {

    private static final String FORMAT = "millrace-signature: 1";
    private static final String ALGORITHM = "algorithm: " + ModelKeys.ALGORITHM;
    private static final String KEY = "key: ";
    private static final String SIGNATURE = "signature: ";
    private static final int LINES = 4;
    private static final Pattern KEY_LINE = Pattern.compile(KEY + "[0-9a-f]{64}");
    private static final Pattern SIGNATURE_LINE = Pattern.compile(SIGNATURE + "[A-Za-z0-9+/]{86}==");
    private static final int SHOWN_AT_MOST = 60;

    private final String keyId;
    private final byte[] signature;

    private BundleSignature(String keyId, byte[] signature) {
        this.keyId = keyId;
        this.signature = signature;
    }

    /** Signs the bytes of a {@code bundle.json}. */
    public static BundleSignature sign(byte[] manifest, PrivateKey key) {
        String keyId = ModelKeys.id(ModelKeys.publicKey(key));
        try {
            Signature signer = Signature.getInstance(ModelKeys.ALGORITHM);
            signer.initSign(key);
            signer.update(manifest);
            return new BundleSignature(keyId, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with Ed25519", e);
        }
    }

    /** The signature that a file holds; any other text is refused. */
    public static BundleSignature read(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<String> lines = List.of(text.split("\n", -1));
        requireLine(lines, 1, FORMAT, "'" + FORMAT + "'");
        requireLine(lines, 2, ALGORITHM, "'" + ALGORITHM + "'");
        requireLine(lines, 3, KEY_LINE.pattern(), "'" + KEY + "' and 64 hexadecimal digits");
        requireLine(lines, 4, SIGNATURE_LINE.pattern(), "'" + SIGNATURE + "' and 88 characters of base64");
        BundleSignature read = new BundleSignature(
                lines.get(2).substring(KEY.length()),
                Base64.getDecoder().decode(lines.get(3).substring(SIGNATURE.length())));
        if (!Arrays.equals(read.text(), file)) {
            throw malformed("it must end after line " + LINES);
        }
        return read;
    }

    /** The bytes of the file. */
    public byte[] text() {
        String encoded = Base64.getEncoder().encodeToString(signature);
        return String.join("\n", FORMAT, ALGORITHM, KEY + keyId, SIGNATURE + encoded, "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The sha256 of the public key whose private half signed, by its own claim. */
    public String keyId() {
        return keyId;
    }

    /** Whether this key signed these bytes. */
    public boolean matches(byte[] manifest, PublicKey key) {
        try {
            Signature verifier = Signature.getInstance(ModelKeys.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(manifest);
            return verifier.verify(signature);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("only Ed25519 keys verify a bundle", e);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void requireLine(List<String> lines, int number, String pattern, String expected) {
        String line = lines.size() < number ? "" : lines.get(number - 1);
        if (!line.matches(pattern)) {
            throw malformed("line " + number + " must be " + expected + ", found '" + shown(line) + "'");
        }
    }

    private static String shown(String line) {
        String clean = line.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= SHOWN_AT_MOST ? clean : clean.substring(0, SHOWN_AT_MOST) + "…";
    }

    private static ModelException malformed(String what) {
        return new ModelException(
                ModelException.Code.SIGNATURE_MALFORMED,
                "signature: is no signature file of this version of Millrace: " + what + ". Sign the bundle again.");
    }
}

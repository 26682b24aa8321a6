/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.signature;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 keys, in PEM files as OpenSSL writes them: PKCS#8 for the private half, X.509 for the public one. */
public final class ModelKeys {

    static final String ALGORITHM = "Ed25519";

    private ModelKeys() {}

    /** A new key pair, from the platform's secure randomness. */
    public static KeyPair generate() {
        return generate(new SecureRandom());
    }

    /** The private key in a PEM file; anything else is refused by what it is. */
    public static PrivateKey readPrivate(Path file) {
        return PemFile.readPrivate(file);
    }

    /** The public key in a PEM file; anything else is refused by what it is. */
    public static PublicKey readPublic(Path file) {
        return PemFile.readPublic(file);
    }

    /** Writes both halves into files that are not there yet; only this user may read the private one. */
    public static void write(KeyPair keys, Path privateFile, Path publicFile) {
        PemFile.write(privateFile, "PRIVATE KEY", keys.getPrivate().getEncoded(), "rw-------");
        try {
            PemFile.write(publicFile, "PUBLIC KEY", keys.getPublic().getEncoded(), "rw-r--r--");
        } catch (ModelException refused) {
            forget(privateFile, refused);
            throw refused;
        }
    }

    /** The name of a key: the sha256 of its X.509 encoding, in lower-case hexadecimal. */
    public static String id(PublicKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The public half of a private key. The JDK computes it only while it generates a pair, from 32 random bytes that are
     * the private key itself (RFC 8032, section 5.1.5); so a pair is generated from this key's bytes.
     */
    public static PublicKey publicKey(PrivateKey key) {
        if (key instanceof EdECPrivateKey edwards
                && NamedParameterSpec.ED25519
                        .getName()
                        .equals(edwards.getParams().getName())) {
            byte[] secret = edwards.getBytes()
                    .orElseThrow(() -> new IllegalArgumentException("the key does not leave its store"));
            KeyPair pair = generate(new Replay(secret));
            if (Arrays.equals(pair.getPrivate().getEncoded(), key.getEncoded())) {
                return pair.getPublic();
            }
            throw new IllegalStateException("this Java platform does not generate Ed25519 keys by RFC 8032");
        }
        throw new IllegalArgumentException("only Ed25519 keys sign a bundle, found " + key.getAlgorithm());
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    private static void forget(Path file, ModelException because) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** Randomness that is known: these bytes. */
    private static final class Replay extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Replay(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, Math.min(bytes.length, into.length));
        }
    }
}

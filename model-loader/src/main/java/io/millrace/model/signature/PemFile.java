/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.signature;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file with one PEM block (RFC 7468) that holds one key. */
final class PemFile {

    private static final int MAX_BYTES = 1 << 14;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([^-]*)-----END \\1-----");
    private static final List<String> OTHER_ALGORITHMS = List.of("Ed448", "X25519", "X448", "RSA", "EC", "DSA");

    private static final String MAKE_PRIVATE =
            "Give the private half of an Ed25519 key in PKCS#8 form, as openssl genpkey -algorithm ed25519 makes it.";
    private static final String MAKE_PUBLIC =
            "Give the public half of an Ed25519 key in X.509 form, as openssl pkey -pubout makes it.";

    private PemFile() {}

    static PrivateKey readPrivate(Path file) {
        byte[] encoded = block(file, "PRIVATE KEY", MAKE_PRIVATE);
        return (PrivateKey) key(file, new PKCS8EncodedKeySpec(encoded), MAKE_PRIVATE);
    }

    static PublicKey readPublic(Path file) {
        byte[] encoded = block(file, "PUBLIC KEY", MAKE_PUBLIC);
        return (PublicKey) key(file, new X509EncodedKeySpec(encoded), MAKE_PUBLIC);
    }

    static void write(Path file, String label, byte[] encoded, String rights) {
        String text = "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(encoded) + "\n-----END "
                + label + "-----\n";
        try (SeekableByteChannel channel = Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)))) {
            ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (content.hasRemaining()) {
                channel.write(content);
            }
        } catch (FileAlreadyExistsException e) {
            throw new ModelException(
                    Code.EXISTS,
                    "key " + file + ": is there already. A key is never overwritten: choose another name.",
                    e);
        } catch (IOException e) {
            throw new ModelException(
                    Code.IO, "key " + file + ": cannot be written. Check the directory and this user's rights.", e);
        }
    }

    private static byte[] block(Path file, String label, String cure) {
        Matcher block = BLOCK.matcher(text(file));
        if (!block.find()) {
            throw refuse(file, "is no PEM file: it has no whole block from BEGIN to END", cure);
        }
        String found = block.group(1);
        if (!found.equals(label)) {
            throw refuse(file, "holds " + kind(found), cure);
        }
        String content = block.group(2).replaceAll("\\s", "");
        if (block.find()) {
            throw refuse(file, "holds more than one block", "Put one key into one file.");
        }
        try {
            return Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw refuse(file, "is damaged: its content is not base64", cure);
        }
    }

    private static String kind(String label) {
        return switch (label) {
            case "PRIVATE KEY" -> "a private key, where a public one belongs; keep it to yourself";
            case "PUBLIC KEY" -> "a public key, where a private one belongs";
            case "ENCRYPTED PRIVATE KEY" -> "a private key under a password, which is not read";
            case "OPENSSH PRIVATE KEY" -> "a private key in the form of OpenSSH";
            case "CERTIFICATE" -> "a certificate, not a key";
            default -> "a block '" + label + "'";
        };
    }

    private static Key key(Path file, KeySpec spec, String cure) {
        Key key = key(ModelKeys.ALGORITHM, spec);
        if (key != null) {
            return key;
        }
        for (String other : OTHER_ALGORITHMS) {
            if (key(other, spec) != null) {
                throw refuse(file, "holds a key for " + other + ", only Ed25519 signs bundles", cure);
            }
        }
        throw refuse(file, "is damaged: its content is no key", cure);
    }

    private static @Nullable Key key(String algorithm, KeySpec spec) {
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm);
            return spec instanceof PKCS8EncodedKeySpec ? factory.generatePrivate(spec) : factory.generatePublic(spec);
        } catch (InvalidKeySpecException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        } catch (NoSuchFileException e) {
            throw new ModelException(Code.KEY, "key " + file + ": there is no such file. Check the path.", e);
        } catch (IOException e) {
            throw new ModelException(
                    Code.KEY, "key " + file + ": cannot be read. Check that this user may read it.", e);
        }
        throw refuse(file, "has more than " + MAX_BYTES + " bytes, no key has", "Check the path.");
    }

    private static ModelException refuse(Path file, String what, String cure) {
        return new ModelException(Code.KEY, "key " + file + ": " + what + ". " + cure);
    }
}

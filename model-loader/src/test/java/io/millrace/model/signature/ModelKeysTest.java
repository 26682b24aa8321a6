/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelKeysTest {

    private static final String WANTS_PRIVATE =
            ". Give the private half of an Ed25519 key in PKCS#8 form, as openssl genpkey -algorithm ed25519 makes it.";
    private static final String WANTS_PUBLIC =
            ". Give the public half of an Ed25519 key in X.509 form, as openssl pkey -pubout makes it.";

    /** RFC 8410, section 10.3: the example key, and its public half from section 10.1. */
    private static final String RFC_8410_PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """;

    private static final String RFC_8410_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    Path work;

    @Test
    void readsWhatItWrites() throws IOException {
        KeyPair keys = ModelKeys.generate();
        ModelKeys.write(keys, work.resolve("model.key"), work.resolve("model.pub"));
        assertThat(ModelKeys.readPrivate(work.resolve("model.key")).getEncoded())
                .isEqualTo(keys.getPrivate().getEncoded());
        assertThat(ModelKeys.readPublic(work.resolve("model.pub"))).isEqualTo(keys.getPublic());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work.resolve("model.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void readsTheKeysOfTheStandard() {
        Path privateFile = file(RFC_8410_PRIVATE);
        assertThat(ModelKeys.publicKey(ModelKeys.readPrivate(privateFile)))
                .isEqualTo(ModelKeys.readPublic(file(RFC_8410_PUBLIC.replace("\n", "\r\n"))));
    }

    @Test
    void knowsThePublicHalfOfAPrivateKey() {
        for (int i = 0; i < 20; i++) {
            KeyPair keys = ModelKeys.generate();
            assertThat(ModelKeys.publicKey(keys.getPrivate())).isEqualTo(keys.getPublic());
        }
    }

    @Test
    void neverOverwritesAKey() throws IOException {
        Path old = Files.writeString(work.resolve("model.pub"), "old");
        assertRefused(
                () -> ModelKeys.write(ModelKeys.generate(), work.resolve("model.key"), old),
                Code.EXISTS,
                "key " + old + ": is there already. A key is never overwritten: choose another name.");
        assertThat(old).hasContent("old");
        assertThat(work.resolve("model.key")).doesNotExist();
    }

    @Test
    void refusesAKeyOfTheOtherKind() {
        Path publicFile = file(RFC_8410_PUBLIC);
        Path privateFile = file(RFC_8410_PRIVATE);
        assertRefused(
                () -> ModelKeys.readPrivate(publicFile),
                Code.KEY,
                "key " + publicFile + ": holds a public key, where a private one belongs" + WANTS_PRIVATE);
        assertRefused(
                () -> ModelKeys.readPublic(privateFile),
                Code.KEY,
                "key " + privateFile + ": holds a private key, where a public one belongs; keep it to yourself"
                        + WANTS_PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "DSA", "Ed448", "X25519", "X448"})
    void refusesAKeyOfAnotherAlgorithm(String algorithm) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        Path privateFile = file(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Path publicFile = file(pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        String found = ": holds a key for " + algorithm + ", only Ed25519 signs bundles";
        assertRefused(() -> ModelKeys.readPrivate(privateFile), Code.KEY, "key " + privateFile + found + WANTS_PRIVATE);
        assertRefused(() -> ModelKeys.readPublic(publicFile), Code.KEY, "key " + publicFile + found + WANTS_PUBLIC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ENCRYPTED PRIVATE KEY | a private key under a password, which is not read
                    OPENSSH PRIVATE KEY   | a private key in the form of OpenSSH
                    CERTIFICATE           | a certificate, not a key
                    RSA PRIVATE KEY       | a block 'RSA PRIVATE KEY'
                    """)
    void refusesABlockThatIsNoPlainKey(String label, String found) {
        Path key = file(pem(label, new byte[48]));
        assertRefused(() -> ModelKeys.readPrivate(key), Code.KEY, "key " + key + ": holds " + found + WANTS_PRIVATE);
    }

    @Test
    void refusesWhatIsNoKeyAtAll() {
        assertNoKey("ssh-ed25519 AAAA", ": is no PEM file: it has no whole block from BEGIN to END" + WANTS_PUBLIC);
        assertNoKey(
                RFC_8410_PUBLIC.substring(0, 80),
                ": is no PEM file: it has no whole block from BEGIN to END" + WANTS_PUBLIC);
        assertNoKey(RFC_8410_PUBLIC.replace("MCow", "M*ow"), ": is damaged: its content is not base64" + WANTS_PUBLIC);
        assertNoKey(pem("PUBLIC KEY", new byte[44]), ": is damaged: its content is no key" + WANTS_PUBLIC);
        assertNoKey(RFC_8410_PUBLIC + RFC_8410_PUBLIC, ": holds more than one block. Put one key into one file.");
        assertNoKey("-".repeat(20_000), ": has more than 16384 bytes, no key has. Check the path.");
        Path nowhere = work.resolve("nowhere");
        assertRefused(
                () -> ModelKeys.readPublic(nowhere),
                Code.KEY,
                "key " + nowhere + ": there is no such file. Check the path.");
        assertRefused(
                () -> ModelKeys.readPublic(work),
                Code.KEY,
                "key " + work + ": cannot be read. Check that this user may read it.");
    }

    private void assertNoKey(String content, String message) {
        Path key = file(content);
        assertRefused(() -> ModelKeys.readPublic(key), Code.KEY, "key " + key + message);
    }

    private Path file(String content) {
        try {
            return Files.writeString(Files.createTempFile(work, "key", ".pem"), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        String encoded = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + encoded + "\n-----END " + label + "-----\n";
    }

    private static void assertRefused(ThrowingCallable call, Code code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}

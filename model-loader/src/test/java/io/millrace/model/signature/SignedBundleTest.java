/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.BundleFiles;
import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.ModelFixture;
import io.millrace.model.archive.Archive;
import io.millrace.model.format.BundleReader;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.signature.SignaturePolicy.Mode;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row M8 of the test catalogue, for one bundle; what a store adds is in its own tests. */
class SignedBundleTest {

    private static final KeyPair OURS = ModelKeys.generate();
    private static final KeyPair THEIRS = ModelKeys.generate();
    private static final String OUR_ID = ModelKeys.id(OURS.getPublic()).substring(0, 16);
    private static final String THEIR_ID = ModelKeys.id(THEIRS.getPublic()).substring(0, 16);
    private static final SignaturePolicy REQUIRE = SignaturePolicy.require(List.of(OURS.getPublic()));

    @TempDir
    Path work;

    private BundleFiles files;
    private Path bundle;

    @BeforeEach
    void writeAGoodBundle() {
        files = BundleFiles.of(ModelFixture.draft(), work);
        bundle = work.resolve("good");
    }

    @Test
    void aSignedBundleIsTheSameVersion() throws IOException {
        ModelVersion unsigned = new BundleReader().read(bundle).version();
        BundleSignature signature = BundleWriter.sign(bundle, OURS.getPrivate());
        assertThat(signature.keyId()).isEqualTo(ModelKeys.id(OURS.getPublic()));
        assertThat(read(REQUIRE)).isEqualTo(unsigned);
        assertThat(new BundleReader().read(bundle).version()).isEqualTo(unsigned);
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).containsExactly(bundle);
        }
    }

    @Test
    void aSignatureOfMeansTheKeyAndOneText() {
        BundleSignature signature = BundleWriter.sign(bundle, OURS.getPrivate());
        byte[] text = signature.text();
        assertThat(new String(text, StandardCharsets.US_ASCII))
                .matches("millrace-signature: 1\nalgorithm: Ed25519\nkey: " + ModelKeys.id(OURS.getPublic())
                        + "\nsignature: [A-Za-z0-9+/]{86}==\n");
        assertThat(BundleSignature.read(text).text()).isEqualTo(text);
        assertThat(BundleWriter.sign(bundle, OURS.getPrivate()).text()).isEqualTo(text);
    }

    @Test
    void aZipIsCheckedAsADirectoryIs() {
        byte[] signature = BundleSignature.sign(files.get("bundle.json"), OURS.getPrivate())
                .text();
        Path zip = files.put("signature", signature).zip(work.resolve("good.zip"));
        assertThat(new BundleReader(Archive.DEFAULT_MAX_BYTES, REQUIRE)
                        .read(zip)
                        .version()
                        .version())
                .isEqualTo("1");
        assertThatThrownBy(() -> BundleWriter.sign(zip, OURS.getPrivate()))
                .hasMessage("bundle " + zip
                        + ": is a file, a bundle is signed in its directory. Sign it there and pack it again.");
    }

    @Test
    void refusesABundleWithoutASignature() {
        assertRefused(
                Code.SIGNATURE_MISSING,
                "signature: is missing, so nobody vouches for this bundle (signature policy: require). Sign it with a"
                        + " trusted key.");
    }

    @Test
    void refusesAKeyThatIsNotTrusted() {
        BundleWriter.sign(bundle, THEIRS.getPrivate());
        assertRefused(
                Code.SIGNATURE_KEY,
                "signature: is by the key " + THEIR_ID + ", which is not trusted here (trusted: " + OUR_ID
                        + "). Sign the bundle with a trusted key, or trust that one.");
    }

    @Test
    void refusesAKeyThatPretendsToBeATrustedOne() throws IOException {
        String theirs = text(BundleWriter.sign(bundle, THEIRS.getPrivate()));
        put(theirs.replace(ModelKeys.id(THEIRS.getPublic()), ModelKeys.id(OURS.getPublic())));
        assertRefused(Code.SIGNATURE_ALTERED, altered());
    }

    @Test
    void refusesAnAlteredManifestBeforeReadingIt() throws IOException {
        BundleWriter.sign(bundle, OURS.getPrivate());
        Files.writeString(bundle.resolve("bundle.json"), "{ no JSON at all");
        assertRefused(Code.SIGNATURE_ALTERED, altered());
    }

    @Test
    void refusesASignatureOfAnotherBundle() throws IOException {
        BundleWriter.sign(bundle, OURS.getPrivate());
        byte[] other =
                files.json("bundle.json", json -> json.put("threshold", 0.25)).get("bundle.json");
        put(text(BundleSignature.sign(other, OURS.getPrivate())));
        assertRefused(Code.SIGNATURE_ALTERED, altered());
    }

    @Test
    void aSignedManifestStillPinsEveryOtherFile() throws IOException {
        BundleWriter.sign(bundle, OURS.getPrivate());
        Files.writeString(bundle.resolve("card.md"), "# Card frauD\n");
        assertThatThrownBy(() -> read(REQUIRE))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(Code.DIGEST));
    }

    @Test
    void refusesEveryFlippedBitOfTheManifestAndTheSignature() throws IOException {
        byte[] signature = BundleWriter.sign(bundle, OURS.getPrivate()).text();
        byte[] manifest = files.get("bundle.json");
        long seed = 8032;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] flippedManifest = flipped(manifest, random.nextInt(manifest.length * 8));
            byte[] flippedSignature = flipped(signature, random.nextInt(signature.length * 8));
            assertThat(REQUIRE.fault(flippedManifest, signature))
                    .as("seed %d, flip %d", seed, i)
                    .isNotNull();
            assertThat(REQUIRE.fault(manifest, flippedSignature))
                    .as("seed %d, flip %d", seed, i)
                    .isNotNull();
        }
        assertThat(REQUIRE.fault(manifest, signature)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                     | line 1 must be 'millrace-signature: 1', found ''
                    millrace-signature: 2                  | line 1 must be 'millrace-signature: 1', found 'millrace-signature: 2'
                    millrace-signature: 1\\nalgorithm: none | line 2 must be 'algorithm: Ed25519', found 'algorithm: none'
                    millrace-signature: 1\\nalgorithm: Ed25519\\nkey: AB | line 3 must be 'key: ' and 64 hexadecimal digits, found 'key: AB'
                    """)
    void refusesWhatIsNoSignature(String content, String found) throws IOException {
        put(content.replace("\\n", "\n"));
        assertRefused(Code.SIGNATURE_MALFORMED, malformed(found));
    }

    @Test
    void refusesASignatureOfAnotherLength() throws IOException {
        String signature = text(BundleWriter.sign(bundle, OURS.getPrivate()));
        put(signature.replaceFirst("(?m)^signature: .*", "signature: AAAA\u0007"));
        assertRefused(
                Code.SIGNATURE_MALFORMED,
                malformed("line 4 must be 'signature: ' and 88 characters of base64, found 'signature: AAAA?'"));
        put(signature + "and more");
        assertRefused(Code.SIGNATURE_MALFORMED, malformed("it must end after line 4"));
        put(signature.stripTrailing());
        assertRefused(Code.SIGNATURE_MALFORMED, malformed("it must end after line 4"));
    }

    @Test
    void warnsAndTakesTheBundle() throws IOException {
        List<String> warnings = new ArrayList<>();
        SignaturePolicy warn =
                SignaturePolicy.of(Mode.WARN, List.of(OURS.getPublic()), warning -> warnings.add(warning.getMessage()));
        read(warn);
        BundleWriter.sign(bundle, OURS.getPrivate());
        read(warn);
        put("x");
        read(warn);
        assertThat(warnings)
                .containsExactly(
                        "bundle " + bundle + ": signature: is missing, so nobody vouches for this bundle (signature"
                                + " policy: warn). Sign it with a trusted key.",
                        "bundle " + bundle + ": " + malformed("line 1 must be 'millrace-signature: 1', found 'x'"));
    }

    @Test
    void offDoesNotLook() throws IOException {
        put("x");
        assertThat(read(SignaturePolicy.of(Mode.OFF, List.of(), warning -> {})).version())
                .isEqualTo("1");
    }

    @Test
    void aPolicyNeedsAKey() {
        assertThatThrownBy(() -> SignaturePolicy.of(Mode.REQUIRE, List.of(), warning -> {}))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(Code.KEY))
                .hasMessage("signature policy: require needs at least one trusted public key, found none. Name the key,"
                        + " or set the policy to off.");
    }

    @Test
    void signsNoBundleThatDoesNotOpen() throws IOException {
        Files.delete(bundle.resolve("card.md"));
        assertThatThrownBy(() -> BundleWriter.sign(bundle, OURS.getPrivate()))
                .hasMessage("bundle " + bundle + ": card.md: is missing. Write the bundle again.");
        assertThat(bundle.resolve("signature")).doesNotExist();
    }

    private ModelVersion read(SignaturePolicy policy) {
        return new BundleReader(Archive.DEFAULT_MAX_BYTES, policy).read(bundle).version();
    }

    private void put(String signature) throws IOException {
        Files.writeString(bundle.resolve("signature"), signature);
    }

    private void assertRefused(Code code, String message) {
        assertThatThrownBy(() -> read(REQUIRE))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage("bundle " + bundle + ": " + message);
    }

    private static String altered() {
        return "signature: the key " + OUR_ID + " did not sign this bundle.json: it was altered afterwards, or the"
                + " signature is another bundle's. Restore what was signed, or sign the bundle again.";
    }

    private static String malformed(String found) {
        return "signature: is no signature file of this version of Millrace: " + found + ". Sign the bundle again.";
    }

    private static String text(BundleSignature signature) {
        return new String(signature.text(), StandardCharsets.US_ASCII);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }
}

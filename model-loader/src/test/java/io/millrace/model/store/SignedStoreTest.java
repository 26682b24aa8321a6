/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static io.millrace.model.store.Drafts.MODEL;
import static io.millrace.model.store.Drafts.assertRefused;
import static io.millrace.model.store.Drafts.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ModelException.Code;
import io.millrace.model.format.Sha256;
import io.millrace.model.signature.ModelKeys;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row M8 of the test catalogue, for a store: nothing unsigned is opened or promoted, nothing old is played again. */
class SignedStoreTest {

    private static final KeyPair OURS = ModelKeys.generate();
    private static final Promotion FORWARDS = Promotion.at(Instant.parse("2018-08-01T12:00:00Z"));

    @TempDir
    Path root;

    private LocalModelStore store;

    @BeforeEach
    void publishTwoVersions() {
        store = new LocalModelStore(root, SignaturePolicy.require(List.of(OURS.getPublic())));
        store.publish(verified("1"));
        store.publish(verified("2"));
    }

    @Test
    void opensAndPromotesWhatIsSigned() throws IOException {
        ModelVersion unsigned = store.resolve(MODEL, "1");
        assertThat(store.sign(MODEL, "1", OURS.getPrivate()).keyId()).isEqualTo(ModelKeys.id(OURS.getPublic()));
        assertThat(store.open(unsigned).version()).isEqualTo(unsigned);
        store.promote(MODEL, "champion", "1", FORWARDS);
        try (Stream<Path> left = Files.list(root.resolve(MODEL))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", "1", "2", "aliases.json", "aliases-history.json");
        }
    }

    @Test
    void neitherOpensNorPromotesWhatIsNotSigned() {
        String message = "bundle " + root.resolve(MODEL).resolve("2")
                + ": signature: is missing, so nobody vouches for this bundle (signature policy: require). Sign it with"
                + " a trusted key.";
        assertRefused(() -> store.open(store.resolve(MODEL, "2")), Code.SIGNATURE_MISSING, message);
        assertRefused(() -> store.promote(MODEL, "champion", "2", FORWARDS), Code.SIGNATURE_MISSING, message);
        assertThat(store.aliases(MODEL)).isEmpty();
    }

    @Test
    void anOldSignedVersionUnderANewNameIsNotThatVersion() throws IOException {
        store.sign(MODEL, "1", OURS.getPrivate());
        Path replayed = Files.createDirectory(root.resolve(MODEL).resolve("3"));
        try (Stream<Path> files = Files.list(root.resolve(MODEL).resolve("1"))) {
            for (Path file : files.toList()) {
                Files.copy(file, replayed.resolve(file.getFileName()));
            }
        }
        String digest = Sha256.of(Files.readAllBytes(replayed.resolve("bundle.json")));
        assertRefused(
                () -> store.promote(MODEL, "champion", "3", FORWARDS),
                Code.DIGEST,
                "bundle " + replayed + ": is 'card-fraud' 1 sha256 " + digest + ", expected 'card-fraud' 3 sha256 "
                        + digest
                        + ". A version never changes: restore it, or publish the new one under its own version.");
    }

    @Test
    void anOldSignedVersionIsNotPromotedAgainUnlessToldTo() {
        store.sign(MODEL, "1", OURS.getPrivate());
        store.sign(MODEL, "2", OURS.getPrivate());
        store.promote(MODEL, "champion", "2", FORWARDS);
        assertRefused(
                () -> store.promote(MODEL, "champion", "1", FORWARDS),
                Code.DOWNGRADE,
                "model 'card-fraud': the alias 'champion' points at 2, and 1 is older. Promote a newer one, roll the"
                        + " alias back, or promote it with --downgrade.");
        store.promote(MODEL, "champion", "1", FORWARDS.withDowngrade());
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("1");
    }

    @Test
    void anUnsignedBundleElsewhereIsRefusedBeforeItIsCopied() {
        TestFiles files = TestFiles.elsewhere(root);
        FileModelStore remote = new FileModelStore(files, SignaturePolicy.require(List.of(OURS.getPublic())));
        ModelVersion version = remote.resolve(MODEL, "2");
        files.journal().clear();
        assertRefused(
                () -> remote.open(version),
                Code.SIGNATURE_MISSING,
                "bundle test://store/card-fraud/2: signature: is missing, so nobody vouches for this bundle (signature"
                        + " policy: require). Sign it with a trusted key.");
        assertThat(files.journal()).containsExactly("read card-fraud/2/bundle.json");
    }

    @Test
    void warnsOnceForABundleElsewhere() {
        List<String> warnings = new ArrayList<>();
        FileModelStore remote = new FileModelStore(
                TestFiles.elsewhere(root),
                SignaturePolicy.warn(List.of(OURS.getPublic()), warning -> warnings.add(warning.getMessage())));
        remote.open(remote.resolve(MODEL, "2"));
        assertThat(warnings)
                .containsExactly("bundle test://store/card-fraud/2: signature: is missing, so nobody vouches for this"
                        + " bundle (signature policy: warn). Sign it with a trusted key.");
    }

    @Test
    void signsNothingThatDoesNotOpen() throws IOException {
        Path bundle = root.resolve(MODEL).resolve("1");
        Files.delete(bundle.resolve("card.md"));
        assertRefused(
                () -> store.sign(MODEL, "1", OURS.getPrivate()),
                Code.FILES,
                "bundle " + bundle + ": card.md: is missing. Write the bundle again.");
        assertThat(bundle.resolve("signature")).doesNotExist();
    }
}

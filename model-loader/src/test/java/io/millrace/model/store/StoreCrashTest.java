/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static io.millrace.model.store.Drafts.MODEL;
import static io.millrace.model.store.Drafts.assertRefused;
import static io.millrace.model.store.Drafts.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException.Code;
import io.millrace.model.file.DurableFiles;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power cuts before every single write, and stores found half written. */
class StoreCrashTest {

    private static final Promotion FORWARDS = Promotion.at(Instant.parse("2018-08-01T12:00:00Z"));

    @TempDir
    Path root;

    @Test
    void aPromotionCutAnywhereLeavesTheOldOrTheNew() {
        LocalModelStore store = new LocalModelStore(root);
        store.publish(verified("1"));
        store.publish(verified("2"));
        store.promote(MODEL, "champion", "1", FORWARDS);
        for (int cut = 0; cut < 2; cut++) {
            cut(TestFiles.here(root).cutAfter(cut), cutStore -> cutStore.promote(MODEL, "champion", "2", FORWARDS));
            String found = store.resolve(MODEL, "champion").version();
            assertThat(found).isEqualTo(cut == 0 ? "1" : "2");
            assertThat(root.resolve(MODEL).resolve(".incoming-cut")).exists();
            store.promote(MODEL, "champion", "2", FORWARDS);
            assertThat(store.rollback(MODEL, "champion", FORWARDS.at()).to()).isEqualTo("1");
            assertThat(root.resolve(MODEL).resolve(".incoming-cut")).doesNotExist();
        }
    }

    @Test
    void aVersionCutBeforeItsMoveIsNotThereAndCanBePublishedAgain() throws IOException {
        LocalModelStore store = new LocalModelStore(root);
        cut(TestFiles.here(root).cutAfter(0), cutStore -> cutStore.publish(verified("1")));
        assertThat(store.list(MODEL)).isEmpty();
        try (var left = Files.list(root.resolve(MODEL))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith(".incoming-")))
                    .hasSize(1);
        }
        store.open(store.publish(verified("1")));
        try (var left = Files.list(root.resolve(MODEL))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(".lock", "1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void aVersionCutWhileItIsCopiedElsewhereIsNeverHalfThere(int cut) {
        cut(TestFiles.elsewhere(root).cutAfter(cut), cutStore -> cutStore.publish(verified("1")));
        FileModelStore store = new FileModelStore(TestFiles.elsewhere(root), SignaturePolicy.OFF);
        assertThat(store.list(MODEL)).isEmpty();
        if (cut == 0) {
            store.open(store.publish(verified("1")));
            return;
        }
        String halfWritten = "bundle test://store/card-fraud/1: bundle.json: is missing, so its writer is still at work"
                + " or was cut short. Wait for it, or remove that directory and publish again.";
        assertRefused(() -> store.resolve(MODEL, "1"), Code.NOT_FOUND, halfWritten);
        assertRefused(() -> store.publish(verified("1")), Code.NOT_FOUND, halfWritten);
        assertRefused(() -> store.alias(MODEL, "champion", "1"), Code.NOT_FOUND, halfWritten);
    }

    @Test
    void bundleJsonIsTheLastFileToBeCopied() {
        TestFiles files = TestFiles.elsewhere(root);
        FileModelStore store = new FileModelStore(files, SignaturePolicy.OFF);
        ModelVersion version = store.publish(verified("1"));
        assertThat(files.journal().stream().filter(line -> line.startsWith("create")))
                .containsExactly(
                        "create card-fraud/1/configuration.json",
                        "create card-fraud/1/coefficients.bin",
                        "create card-fraud/1/normalizer.json",
                        "create card-fraud/1/golden.json",
                        "create card-fraud/1/card.md",
                        "create card-fraud/1/bundle.json");
        assertThat(store.open(version).version()).isEqualTo(version);
    }

    @Test
    void aSecondWriterElsewhereDoesNotMixIn() throws IOException {
        TestFiles files = TestFiles.elsewhere(root);
        Publication publication = new Publication(files);
        publication.publish(verified("1"));
        assertRefused(
                () -> publication.publish(verified("1")),
                Code.EXISTS,
                "bundle test://store/card-fraud/1: configuration.json is there already, by another writer. Choose"
                        + " another version.");
    }

    @Test
    void aSecondWriterHereDoesNotMixIn() throws IOException {
        Publication publication = new Publication(TestFiles.here(root));
        publication.publish(verified("1"));
        assertRefused(
                () -> publication.publish(verified("1")),
                Code.EXISTS,
                "model 'card-fraud' already has a version or alias '1'. A version never changes: choose another one.");
        try (var left = Files.list(root.resolve(MODEL))) {
            assertThat(left).containsExactly(root.resolve(MODEL).resolve("1"));
        }
    }

    @Test
    void aBundleElsewhereIsNotCopiedBeyondTheCap() {
        ModelVersion version = new LocalModelStore(root).publish(verified("1"));
        long bytes = List.of(root.resolve(MODEL).resolve("1").toFile().listFiles()).stream()
                .mapToLong(java.io.File::length)
                .sum();
        TestFiles files = TestFiles.elsewhere(root);
        assertRefused(
                () -> new FileModelStore(files, SignaturePolicy.OFF, bytes - 1).open(version),
                Code.TOO_LARGE,
                "bundle test://store/card-fraud/1: has " + bytes + " bytes, a bundle has at most " + (bytes - 1)
                        + ". Make the model smaller.");
        assertThat(files.journal()).isEmpty();
        assertThat(new FileModelStore(files, SignaturePolicy.OFF, bytes)
                        .open(version)
                        .version())
                .isEqualTo(version);
    }

    @Test
    void aBundleThatIsGoneIsNotFoundHereAndElsewhere() throws IOException {
        LocalModelStore here = new LocalModelStore(root);
        ModelVersion version = here.publish(verified("1"));
        DurableFiles.deleteRecursively(root.resolve(MODEL).resolve("1"));
        assertRefused(
                () -> here.open(version),
                Code.NOT_FOUND,
                "bundle " + root.resolve(MODEL).resolve("1")
                        + ": there is no such directory or zip. Check the model's name and version.");
        assertRefused(
                () -> new FileModelStore(TestFiles.elsewhere(root), SignaturePolicy.OFF).open(version),
                Code.NOT_FOUND,
                "bundle test://store/card-fraud/1: there is no such directory. Check the model's name and version.");
    }

    @Test
    void aBundleElsewhereHasOnlyItsOwnFiles() throws IOException {
        ModelVersion version = new LocalModelStore(root).publish(verified("1"));
        Files.writeString(root.resolve(MODEL).resolve("1").resolve("preprocessor.bin"), "x");
        assertRefused(
                () -> new FileModelStore(TestFiles.elsewhere(root), SignaturePolicy.OFF).open(version),
                Code.FILES,
                "bundle test://store/card-fraud/1: holds 'preprocessor.bin', which is no file of a bundle (allowed:"
                        + " bundle.json, configuration.json, coefficients.bin, normalizer.json, golden.json, card.md,"
                        + " vocabulary.json, calibration.json, reference.json, signature). Remove it and write the"
                        + " bundle again.");
    }

    @Test
    void anAlteredBundleElsewhereIsRefusedUnderItsOwnName() throws IOException {
        ModelVersion version = new LocalModelStore(root).publish(verified("1"));
        Files.writeString(root.resolve(MODEL).resolve("1").resolve("card.md"), "# Card fraux\n");
        assertThatThrownBy(() -> new FileModelStore(TestFiles.elsewhere(root), SignaturePolicy.OFF).open(version))
                .hasMessageStartingWith("bundle test://store/card-fraud/1: card.md: has the sha256 ");
    }

    private static void cut(TestFiles files, Consumer<FileModelStore> change) {
        FileModelStore store = new FileModelStore(files, SignaturePolicy.OFF);
        assertRefused(
                () -> change.accept(store),
                Code.IO,
                "model 'card-fraud' cannot be written. Check the store's rights and that the disk has room.");
        assertThat(files.isCut()).isTrue();
    }
}

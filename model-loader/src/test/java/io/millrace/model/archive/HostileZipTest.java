/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileZipTest {

    private static final byte[] CARD = "# Card\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path work;

    private final ForgedZip zip = new ForgedZip();
    private ForgedZip.Entry card;

    @BeforeEach
    void addCard() {
        card = zip.add("card.md", CARD);
    }

    @AfterEach
    void nothingWasUnpacked() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            assertThat(files.map(Path::getFileName)).containsOnly(Path.of("bundle.zip"));
        }
    }

    @Test
    void readsStoredAndDeflatedEntries() {
        card.method = 0;
        card.packed = CARD;
        card.compressed = CARD.length;
        zip.add("golden.json", CARD);
        Archive archive = Archive.open(zip.write(work.resolve("bundle.zip")), 1000);
        assertThat(archive.files()).containsExactly(BundleFile.GOLDEN, BundleFile.CARD);
        assertThat(archive.read(BundleFile.CARD)).isEqualTo(CARD);
        assertThat(archive.read(BundleFile.GOLDEN)).isEqualTo(CARD);
        assertThat(archive.size(BundleFile.CARD)).isEqualTo(CARD.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../card.md", "/etc/passwd", "C:card.md", "..\\card.md", "card.md/.."})
    void refusesNamesThatPointOutside(String name) {
        card.name = name;
        assertRefused(
                Code.ARCHIVE,
                "has an entry named '" + name + "', which points outside the bundle. Do not use this zip.");
    }

    @Test
    void refusesDirectories() {
        card.name = "model/";
        assertRefused(
                Code.ARCHIVE,
                "has an entry named 'model/': a bundle has no directories. Pack the files without their directory.");
    }

    @Test
    void refusesNamesThatNoBundleHas() {
        card.name = "objects\u0000.bin";
        assertRefused(
                Code.FILES,
                "holds 'objects?.bin', which is no file of a bundle (allowed: bundle.json, configuration.json,"
                        + " coefficients.bin, normalizer.json, golden.json, card.md, vocabulary.json, calibration.json,"
                        + " reference.json, signature). Remove it and write the bundle again.");
    }

    @Test
    void refusesTheSameNameTwice() {
        zip.add("card.md", CARD);
        assertRefused(Code.ARCHIVE, "card.md: is in the zip twice. Pack each file once.");
    }

    @Test
    void refusesLinks() {
        card.mode = 0120777;
        assertRefused(Code.ARCHIVE, "card.md: is a link or a special file in the zip. Pack the file itself.");
    }

    @Test
    void refusesEncryption() {
        card.flags = 1;
        assertRefused(Code.ARCHIVE, "card.md: is encrypted. Pack the bundle without a password.");
    }

    @Test
    void refusesOtherMethods() {
        card.method = 14;
        assertRefused(
                Code.ARCHIVE,
                "card.md: is packed by method 14, only 0 (stored) and 8 (deflated) are read. Pack the bundle with"
                        + " deflate.");
    }

    @Test
    void refusesZip64() {
        card.size = 0xFFFF_FFFFL;
        assertRefused(Code.ARCHIVE, "card.md: uses the zip64 format, which no bundle needs. Pack the bundle again.");
    }

    @Test
    void refusesABombByWhatItDeclares() {
        ForgedZip.Entry bomb = zip.add("coefficients.bin", new byte[10_000_000]);
        assertRefused(
                Code.ARCHIVE,
                "coefficients.bin: would grow from " + bomb.compressed + " to 10000000 bytes, more than 200 times, as a"
                        + " zip bomb does. Pack the bundle without compression if it is honest.");
    }

    @Test
    void refusesABombThatDeclaresLess() {
        ForgedZip.Entry bomb = zip.add("golden.json", new byte[10_000_000]);
        bomb.size = 1000;
        Archive archive = Archive.open(zip.write(work.resolve("bundle.zip")), 100_000);
        assertThatThrownBy(() -> archive.read(BundleFile.GOLDEN))
                .hasMessage("golden.json: does not inflate to the 1000 bytes it declares. Pack the bundle again.");
    }

    @Test
    void refusesAnEntryThatDeclaresMore() {
        card.size = CARD.length + 1;
        Archive archive = Archive.open(zip.write(work.resolve("bundle.zip")), 100_000);
        assertThatThrownBy(() -> archive.read(BundleFile.CARD))
                .hasMessage("card.md: does not inflate to the 8 bytes it declares. Pack the bundle again.");
    }

    @Test
    void refusesAStoredEntryOfTwoSizes() {
        card.method = 0;
        card.packed = CARD;
        assertRefused(
                Code.ARCHIVE,
                "card.md: is stored in " + card.compressed + " bytes but declares 7. Pack the bundle again.");
    }

    @Test
    void refusesDamage() {
        card.crc++;
        Archive archive = Archive.open(zip.write(work.resolve("bundle.zip")), 100_000);
        assertThatThrownBy(() -> archive.read(BundleFile.CARD))
                .hasMessage("card.md: is damaged: its checksum in the zip differs. Pack the bundle again.");
    }

    @Test
    void refusesBytesThatDoNotInflate() {
        card.packed[0] = 7;
        Archive archive = Archive.open(zip.write(work.resolve("bundle.zip")), 100_000);
        assertThatThrownBy(() -> archive.read(BundleFile.CARD))
                .hasMessage("card.md: cannot be inflated. Pack the bundle again.");
    }

    @Test
    void refusesOverlappingEntries() {
        zip.add("golden.json", CARD).offset = 1;
        assertRefused(Code.ARCHIVE, "golden.json: shares bytes with another entry of the zip. Pack the bundle again.");
    }

    @Test
    void refusesEntriesBeyondTheContent() {
        card.compressed = 10_000;
        assertRefused(Code.ARCHIVE, "card.md: reaches past the end of the zip's content. Pack the bundle again.");
    }

    @Test
    void refusesTwoStoriesOfOneEntry() {
        card.localName = "card.mx";
        assertRefused(
                Code.ARCHIVE, "card.md: has a header that contradicts the zip's directory. Pack the bundle again.");
    }

    @Test
    void refusesManyEntries() {
        for (int i = 0; i < 60_000; i++) {
            zip.add("x" + i, new byte[0]);
        }
        assertRefused(
                Code.ARCHIVE, "is a zip of 60001 entries, a bundle has at most 10. Pack the bundle's own files only.");
    }

    @Test
    void refusesAZipThatWasCutShort() throws IOException {
        byte[] whole = zip.bytes();
        Files.write(work.resolve("bundle.zip"), Arrays.copyOf(whole, whole.length / 2));
        assertRefusedAsWritten(
                Code.ARCHIVE,
                "is not a whole zip: it does not end with a zip's end record. It was cut short, is another kind of file,"
                        + " or has an archive comment; pack the bundle again.");
    }

    @Test
    void refusesAZipBehindOtherBytes() throws IOException {
        byte[] bytes = zip.bytes();
        byte[] behind = new byte[bytes.length + 100];
        System.arraycopy(bytes, 0, behind, 100, bytes.length);
        Files.write(work.resolve("bundle.zip"), behind);
        assertRefusedAsWritten(
                Code.ARCHIVE, "is a zip whose directory is not where its end record says. Pack the bundle again.");
    }

    @Test
    void refusesMoreBytesThanTheCapInAllTogether() {
        byte[] noise = new byte[600];
        new Random(1).nextBytes(noise);
        zip.add("golden.json", noise);
        zip.write(work.resolve("bundle.zip"));
        assertThatThrownBy(() -> Archive.open(work.resolve("bundle.zip"), 500))
                .hasMessageMatching("has \\d+ bytes, a bundle has at most 500\\. Make the model smaller\\.");
    }

    @Test
    void anyChangedByteIsRefusedOrChangesNothing() throws IOException {
        byte[] noise = new byte[100];
        new Random(1).nextBytes(noise);
        zip.add("golden.json", noise);
        byte[] whole = zip.bytes();
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] changed = whole.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Files.write(work.resolve("bundle.zip"), changed);
            assertRefusedOrSame("seed " + seed + ", change " + i, noise);
        }
    }

    private void assertRefusedOrSame(String description, byte[] noise) {
        try {
            Archive archive = Archive.open(work.resolve("bundle.zip"), 10_000);
            for (BundleFile file : archive.files()) {
                assertThat(archive.read(file)).as(description).isIn(CARD, noise);
            }
        } catch (ModelException e) {
            assertThat(e.getMessage()).as(description).endsWith(".");
        }
    }

    private void assertRefused(Code code, String message) {
        zip.write(work.resolve("bundle.zip"));
        assertRefusedAsWritten(code, message);
    }

    private void assertRefusedAsWritten(Code code, String message) {
        assertThatThrownBy(() -> Archive.open(work.resolve("bundle.zip"), 256L << 20))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}

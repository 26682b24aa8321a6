/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModelStoreTest {

    private static final BundleDraft DRAFT = ModelFixture.draft();

    @TempDir
    Path work;

    private Path root;
    private LocalModelStore store;

    @BeforeEach
    void makeStore() {
        root = work.resolve("models");
        store = new LocalModelStore(root);
    }

    @Test
    void publishesVersionsAndOpensThem() {
        ModelVersion version = store.publish(DRAFT);
        assertThat(store.resolve("card-fraud", "1")).isEqualTo(version);
        assertThat(store.open(version).version()).isEqualTo(version);
        assertThat(store.names()).containsExactly("card-fraud");
    }

    @Test
    void anAliasFollowsItsVersion() {
        ModelVersion first = store.publish(DRAFT);
        ModelVersion second = store.publish(version("2"));
        store.alias("card-fraud", "champion", "1");
        assertThat(store.resolve("card-fraud", "champion")).isEqualTo(first);
        store.alias("card-fraud", "challenger", "1");
        store.alias("card-fraud", "champion", "2");
        assertThat(store.resolve("card-fraud", "champion")).isEqualTo(second);
        assertThat(store.aliases("card-fraud")).isEqualTo(Map.of("challenger", "1", "champion", "2"));
        assertThat(root.resolve("card-fraud").resolve("aliases.json"))
                .hasContent("{\n  \"challenger\" : \"1\",\n  \"champion\" : \"2\"\n}\n");
    }

    @Test
    void listsVersionsByTheirNumbers() {
        for (String version : new String[] {"10", "9", "9.1"}) {
            store.publish(version(version));
        }
        assertThat(store.list("card-fraud").stream().map(ModelVersion::version)).containsExactly("9", "9.1", "10");
        assertThat(store.list("other")).isEmpty();
        assertThat(new LocalModelStore(work.resolve("nowhere")).names()).isEmpty();
    }

    @Test
    void neverOverwritesAVersion() {
        store.publish(DRAFT);
        assertRefused(
                () -> store.publish(DRAFT),
                Code.EXISTS,
                "model 'card-fraud' already has a version or alias '1'. A version never changes: choose another one.");
    }

    @Test
    void leavesNothingOfADraftThatFailsItsExam() throws IOException {
        GoldenCases golden = Objects.requireNonNull(DRAFT.golden());
        BundleDraft wrong = DRAFT.withGolden(new GoldenCases(
                GoldenCases.Origin.TRAINER,
                golden.inputs(),
                golden.outputs().stream().map(row -> new double[] {row[0] + 1}).toList()));
        assertThatThrownBy(() -> store.publish(wrong))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(Code.GOLDEN));
        try (Stream<Path> left = Files.list(root.resolve("card-fraud"))) {
            assertThat(left).containsExactly(root.resolve("card-fraud").resolve(".lock"));
        }
    }

    @Test
    void refusesWhatIsNotThere() {
        store.publish(DRAFT);
        store.alias("card-fraud", "champion", "1");
        assertRefused(
                () -> store.resolve("card-fraud", "champoin"),
                Code.NOT_FOUND,
                "model 'card-fraud' has no version or alias 'champoin' in the store " + root
                        + ". Did you mean 'champion'? Train or import it, or set the alias.");
        assertRefused(
                () -> store.alias("card-fraud", "champion", "v17"),
                Code.NOT_FOUND,
                "model 'card-fraud' has no version or alias 'v17' in the store " + root
                        + ". Known here: 1, champion. Train or import it, or set the alias.");
    }

    @Test
    void anAliasIsNoVersionAndNoAliasOfAnAlias() {
        store.publish(DRAFT);
        store.publish(version("2"));
        store.alias("card-fraud", "champion", "1");
        assertRefused(
                () -> store.alias("card-fraud", "2", "1"),
                Code.EXISTS,
                "model 'card-fraud' has a version '2', so no alias can have that name. Choose another.");
        assertRefused(
                () -> store.alias("card-fraud", "canary", "champion"),
                Code.NAME,
                "model 'card-fraud': 'champion' is an alias; an alias points at a version. Give the version.");
        assertRefused(
                () -> store.publish(version("champion")),
                Code.EXISTS,
                "model 'card-fraud' already has a version or alias 'champion'. A version never changes: choose another"
                        + " one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", "a/b", "a\\b", "", ".hidden", "file:///etc/passwd", "a..b", "x\n"})
    void takesNamesAndNoPaths(String name) {
        String shown = name.replace("\n", "?");
        String rest = "' is no name for a store: up to 64 letters, digits, '.', '-' and '_', starting with a letter or"
                + " digit, without '..'. Choose another name.";
        assertRefused(() -> store.resolve(name, "1"), Code.NAME, "model '" + shown + rest);
        assertRefused(() -> store.resolve("m", name), Code.NAME, "alias or version '" + shown + rest);
        assertRefused(() -> store.publish(version(name)), Code.NAME, "version '" + shown + rest);
        assertRefused(() -> store.open(new ModelVersion("m", name, "")), Code.NAME, "version '" + shown + rest);
    }

    @Test
    void refusesAVersionThatChangedSinceItWasResolved() throws IOException {
        ModelVersion version = store.publish(DRAFT);
        Path bundle = root.resolve("card-fraud").resolve("1");
        Files.writeString(bundle.resolve("bundle.json"), " ", StandardOpenOption.APPEND);
        String digest = store.resolve("card-fraud", "1").digest();
        assertRefused(
                () -> store.open(version),
                Code.DIGEST,
                "bundle " + bundle + ": is 'card-fraud' 1 sha256 " + digest + ", expected 'card-fraud' 1 sha256 "
                        + version.digest()
                        + ". A version never changes: restore it, or publish the new one under its own version.");
    }

    @Test
    void refusesAliasesThatPointOutside() throws IOException {
        store.publish(DRAFT);
        Files.writeString(root.resolve("card-fraud").resolve("aliases.json"), "{\"champion\": \"../../etc\"}");
        assertRefused(
                () -> store.resolve("card-fraud", "champion"),
                Code.NAME,
                "model 'card-fraud': version '../../etc' is no name for a store: up to 64 letters, digits, '.', '-' and"
                        + " '_', starting with a letter or digit, without '..'. Choose another name.");
    }

    private static BundleDraft version(String version) {
        Description of = DRAFT.description();
        Description described = new Description(
                of.name(),
                version,
                of.task(),
                of.inputs(),
                of.outputs(),
                of.labels(),
                of.featureDigest(),
                of.threshold(),
                of.training(),
                of.metrics(),
                of.seeds());
        return new BundleDraft(
                described, DRAFT.preprocessing(), DRAFT.configuration(), DRAFT.weights(), DRAFT.golden(), DRAFT.card());
    }

    private static void assertRefused(ThrowingCallable call, Code code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}

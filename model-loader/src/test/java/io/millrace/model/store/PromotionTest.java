/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static io.millrace.model.store.AliasChange.Cause.PROMOTE;
import static io.millrace.model.store.AliasChange.Cause.ROLLBACK;
import static io.millrace.model.store.AliasChange.Cause.SET;
import static io.millrace.model.store.Drafts.MODEL;
import static io.millrace.model.store.Drafts.assertRefused;
import static io.millrace.model.store.Drafts.unverified;
import static io.millrace.model.store.Drafts.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ModelException.Code;
import io.millrace.model.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {

    private static final Instant NOON = Instant.parse("2018-08-01T12:00:00Z");
    private static final Promotion FORWARDS = Promotion.at(NOON);

    @TempDir
    Path root;

    private LocalModelStore store;

    @BeforeEach
    void publishThreeVersions() {
        store = new LocalModelStore(root);
        store.publish(verified("1"));
        store.publish(verified("2"));
        store.publish(verified("10"));
    }

    @Test
    void promotesAndRemembers() {
        assertThat(store.promote(MODEL, "champion", "1", FORWARDS))
                .isEqualTo(new AliasChange("champion", null, "1", PROMOTE, NOON));
        Promotion later = Promotion.at(NOON.plusSeconds(60));
        AliasChange second = store.promote(MODEL, "champion", "10", later);
        assertThat(second).isEqualTo(new AliasChange("champion", "1", "10", PROMOTE, later.at()));
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("10");
        assertThat(store.history(MODEL, "champion"))
                .containsExactly(new AliasChange("champion", null, "1", PROMOTE, NOON), second);
        assertThat(store.history(MODEL, "challenger")).isEmpty();
    }

    @Test
    void promotingWhatIsInForceChangesNothing() {
        store.promote(MODEL, "champion", "2", FORWARDS);
        assertThat(store.promote(MODEL, "champion", "2", FORWARDS).isNone()).isTrue();
        assertThat(store.history(MODEL, "champion")).hasSize(1);
    }

    @Test
    void refusesAnOlderVersionUnlessToldTo() {
        store.promote(MODEL, "champion", "10", FORWARDS);
        assertRefused(
                () -> store.promote(MODEL, "champion", "2", FORWARDS),
                Code.DOWNGRADE,
                "model 'card-fraud': the alias 'champion' points at 10, and 2 is older. Promote a newer one, roll the"
                        + " alias back, or promote it with --downgrade.");
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("10");
        store.promote(MODEL, "champion", "2", FORWARDS.withDowngrade());
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("2");
    }

    @Test
    void anotherAliasMayPointAtAnOlderVersion() {
        store.promote(MODEL, "champion", "10", FORWARDS);
        store.promote(MODEL, "challenger", "2", FORWARDS);
        assertThat(store.resolve(MODEL, "challenger").version()).isEqualTo("2");
    }

    @Test
    void refusesWhatOnlyItselfVouchesForUnlessToldTo() {
        store.publish(unverified("11"));
        assertRefused(
                () -> store.promote(MODEL, "champion", "11", FORWARDS.withDowngrade()),
                Code.UNVERIFIED,
                "model 'card-fraud' 11: its golden cases are of origin self, so nobody says that its outputs are right."
                        + " Import it with --cases of its framework, or promote it with --unverified.");
        store.promote(MODEL, "champion", "11", FORWARDS.withUnverified());
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("11");
    }

    @Test
    void refusesABundleThatDoesNotOpen() throws IOException {
        store.promote(MODEL, "champion", "1", FORWARDS);
        Path card = root.resolve(MODEL).resolve("2").resolve("card.md");
        Files.delete(card);
        assertRefused(
                () -> store.promote(MODEL, "champion", "2", FORWARDS),
                Code.FILES,
                "bundle " + card.getParent() + ": card.md: is missing. Write the bundle again.");
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("1");
        assertThat(store.history(MODEL, "champion")).hasSize(1);
    }

    @Test
    void refusesWhatIsNoVersion() {
        store.promote(MODEL, "champion", "1", FORWARDS);
        assertRefused(
                () -> store.promote(MODEL, "challenger", "champion", FORWARDS),
                Code.NAME,
                "model 'card-fraud': 'champion' is an alias; an alias points at a version. Give the version.");
        assertRefused(
                () -> store.promote(MODEL, "2", "1", FORWARDS),
                Code.EXISTS,
                "model 'card-fraud' has a version '2', so no alias can have that name. Choose another.");
        assertRefused(
                () -> store.promote("card-frod", "champion", "1", FORWARDS),
                Code.NOT_FOUND,
                "model 'card-frod' has no version or alias '1' in the store " + root
                        + ". Train or import it, or set the alias.");
        assertThat(root.resolve("card-frod")).doesNotExist();
    }

    @Test
    void rollsBackStepByStep() {
        store.promote(MODEL, "champion", "1", FORWARDS);
        store.promote(MODEL, "champion", "2", FORWARDS);
        store.promote(MODEL, "champion", "10", FORWARDS);
        assertThat(store.rollback(MODEL, "champion", NOON))
                .isEqualTo(new AliasChange("champion", "10", "2", ROLLBACK, NOON));
        store.rollback(MODEL, "champion", NOON);
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("1");
        assertRefused(
                () -> store.rollback(MODEL, "champion", NOON),
                Code.HISTORY,
                "model 'card-fraud': the alias 'champion' points at 1, and no version before that is remembered. Promote"
                        + " a version instead.");
        assertThat(new LocalModelStore(root).history(MODEL, "champion")).hasSize(5);
    }

    @Test
    void rollsBackAnAliasThatWasSetByHand() throws IOException {
        store.alias(MODEL, "champion", "1");
        DurableFiles.replace(root.resolve(MODEL).resolve("aliases.json"), "{\"champion\": \"2\"}".getBytes("UTF-8"));
        store.rollback(MODEL, "champion", NOON);
        assertThat(store.history(MODEL, "champion"))
                .containsExactly(
                        new AliasChange("champion", null, "1", SET, null),
                        new AliasChange("champion", "1", "2", SET, null),
                        new AliasChange("champion", "2", "1", ROLLBACK, NOON));
    }

    @Test
    void refusesToRollBackToWhatIsGone() throws IOException {
        store.promote(MODEL, "champion", "1", FORWARDS);
        store.promote(MODEL, "champion", "2", FORWARDS);
        DurableFiles.deleteRecursively(root.resolve(MODEL).resolve("1"));
        assertRefused(
                () -> store.rollback(MODEL, "champion", NOON),
                Code.HISTORY,
                "model 'card-fraud': the alias 'champion' points at 2, and the version before, 1, is not in the store "
                        + root + ". Restore that version, or promote another.");
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("2");
    }

    @Test
    void refusesToRollBackToWhatDoesNotOpen() throws IOException {
        store.promote(MODEL, "champion", "1", FORWARDS);
        store.promote(MODEL, "champion", "2", FORWARDS);
        Path bundle = root.resolve(MODEL).resolve("1");
        Files.delete(bundle.resolve("golden.json"));
        assertRefused(
                () -> store.rollback(MODEL, "champion", NOON),
                Code.FILES,
                "bundle " + bundle + ": golden.json: is missing. Write the bundle again.");
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("2");
    }

    @Test
    void refusesToRollBackWhatIsNoAlias() {
        store.promote(MODEL, "champion", "1", FORWARDS);
        assertRefused(
                () -> store.rollback(MODEL, "champoin", NOON),
                Code.NOT_FOUND,
                "model 'card-fraud' has no alias 'champoin' in the store " + root
                        + ". Did you mean 'champion'? Promote a version to make it.");
    }

    @Test
    void saysWhereAnAliasPointsThatPointsNowhere() throws IOException {
        store.promote(MODEL, "champion", "2", FORWARDS);
        DurableFiles.deleteRecursively(root.resolve(MODEL).resolve("2"));
        assertRefused(
                () -> store.resolve(MODEL, "champion"),
                Code.NOT_FOUND,
                "model 'card-fraud': the alias 'champion' points at 2, which is not in the store " + root
                        + ". Restore that version, or point the alias at another.");
    }

    @Test
    void damagedAliasesAreNeverTakenForNone() throws IOException {
        store.promote(MODEL, "champion", "1", FORWARDS);
        for (String torn : List.of("", "{\"champion\": \"2", "{\"champion\": 2}", "[]")) {
            Files.writeString(root.resolve(MODEL).resolve("aliases.json"), torn);
            String message = "model 'card-fraud': aliases.json: is not what Millrace writes. Restore it, or remove it:"
                    + " aliases-history.json then stands in.";
            assertRefused(() -> store.resolve(MODEL, "champion"), Code.JSON, message);
            assertRefused(() -> store.promote(MODEL, "champion", "2", FORWARDS), Code.JSON, message);
        }
        Files.delete(root.resolve(MODEL).resolve("aliases.json"));
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("1");
    }

    @Test
    void aDamagedHistoryLeavesTheAliasesAlone() throws IOException {
        store.promote(MODEL, "champion", "1", FORWARDS);
        Files.writeString(root.resolve(MODEL).resolve("aliases-history.json"), "{");
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("1");
        assertRefused(
                () -> store.promote(MODEL, "champion", "2", FORWARDS),
                Code.JSON,
                "model 'card-fraud': aliases-history.json: is not what this version of Millrace writes. Restore or"
                        + " remove it: the aliases stay as they are, only the way back is lost.");
    }

    @Test
    void aFirstChangeRemembersAliasesThatHadNoHistory() throws IOException {
        Files.writeString(root.resolve(MODEL).resolve("aliases.json"), "{\"champion\": \"1\", \"challenger\": \"2\"}");
        store.promote(MODEL, "champion", "2", FORWARDS);
        Files.delete(root.resolve(MODEL).resolve("aliases.json"));
        assertThat(store.resolve(MODEL, "challenger").version()).isEqualTo("2");
        assertThat(store.rollback(MODEL, "champion", NOON).to()).isEqualTo("1");
    }

    @Test
    void theHistoryStandsInForLostAliases() throws IOException {
        store.promote(MODEL, "champion", "1", FORWARDS);
        store.promote(MODEL, "challenger", "2", FORWARDS);
        Files.delete(root.resolve(MODEL).resolve("aliases.json"));
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("1");
        store.promote(MODEL, "champion", "10", FORWARDS);
        assertThat(store.aliases(MODEL)).containsEntry("champion", "10").containsEntry("challenger", "2");
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static io.millrace.model.store.AliasChange.Cause.PROMOTE;
import static io.millrace.model.store.AliasChange.Cause.ROLLBACK;
import static io.millrace.model.store.AliasChange.Cause.SET;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ModelException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasHistoryTest {

    private static final Instant NOON = Instant.parse("2018-08-01T12:00:00Z");

    @Test
    void rollbacksGoFurtherBackEachTime() {
        AliasHistory history = AliasHistory.none()
                .and(change("a", null, "1"))
                .and(change("a", "1", "2"))
                .and(change("a", "2", "3"));
        assertThat(history.previous("a")).isEqualTo("2");
        history = history.and(new AliasChange("a", "3", "2", ROLLBACK, NOON));
        assertThat(history.previous("a")).isEqualTo("1");
        assertThat(history.and(change("a", "2", "4")).previous("a")).isEqualTo("2");
        assertThat(history.and(new AliasChange("a", "2", "1", ROLLBACK, NOON)).previous("a"))
                .isNull();
    }

    @Test
    void theWayBackIsTheOneAStackOfVersionsKnows() {
        long seed = 20_180_801;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            AliasHistory history = AliasHistory.none();
            Deque<String> stack = new ArrayDeque<>();
            for (int step = 0; step < 40; step++) {
                history = random.nextInt(5) < 2 && stack.size() > 1
                        ? rollback(history, stack)
                        : promote(history, stack, String.valueOf(random.nextInt(1000)));
                String current = stack.pop();
                assertThat(history.previous("a"))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(stack.peek());
                stack.push(current);
            }
        }
    }

    @Test
    void remembersTheLastHundredOfEachAlias() {
        AliasHistory history = AliasHistory.none().and(change("b", null, "1"));
        for (int i = 1; i <= 250; i++) {
            history = history.and(change("a", i == 1 ? null : "v" + (i - 1), "v" + i));
        }
        assertThat(history.of("a")).hasSize(AliasHistory.KEPT).first().isEqualTo(change("a", "v150", "v151"));
        assertThat(history.of("b")).hasSize(1);
        for (int i = 0; i < 100; i++) {
            String previous = history.previous("a");
            assertThat(previous).isEqualTo("v" + (249 - i));
            history = history.and(new AliasChange("a", "v" + (250 - i), previous, ROLLBACK, null));
            if (history.previous("a") == null) {
                assertThat(i)
                        .as("the fewest steps back that a full history allows")
                        .isGreaterThan(45);
                return;
            }
        }
    }

    @Test
    void forgetsTheOldestOfChangesThatAreAlike() {
        AliasHistory history = AliasHistory.none();
        for (int i = 0; i < 250; i++) {
            String from = i == 0 ? null : i % 2 == 0 ? "2" : "1";
            history = history.and(new AliasChange("a", from, i % 2 == 0 ? "1" : "2", SET, null));
        }
        assertThat(history.of("a")).hasSize(AliasHistory.KEPT);
        assertThat(history.last()).containsEntry("a", "2");
    }

    @Test
    void closesTheGapThatACrashOrAHandLeaves() {
        AliasHistory history = AliasHistory.none().and(change("a", null, "1")).upTo(Map.of("a", "2"));
        assertThat(history.of("a")).last().isEqualTo(new AliasChange("a", "1", "2", SET, null));
        assertThat(history.previous("a")).isEqualTo("1");
        assertThat(history.upTo(Map.of("a", "2"))).isSameAs(history);
        assertThat(history.upTo(Map.of())).isSameAs(history);
    }

    @Test
    void isTheSameAfterWritingAndReading() {
        AliasHistory history = AliasHistory.none()
                .and(new AliasChange("a", null, "1", SET, null))
                .and(new AliasChange("a", "1", "2", PROMOTE, NOON));
        assertThat(new String(history.text(), StandardCharsets.UTF_8)).isEqualTo("""
                        {
                          "changes" : [ {
                            "alias" : "a",
                            "to" : "1",
                            "cause" : "set"
                          }, {
                            "alias" : "a",
                            "from" : "1",
                            "to" : "2",
                            "cause" : "promote",
                            "at" : "2018-08-01T12:00:00Z"
                          } ]
                        }
                        """);
        assertThat(AliasHistory.read(history.text()).of("a")).isEqualTo(history.of("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"changes\": [",
                "{\"changes\": [], \"more\": 1}",
                "{\"changes\": [{\"alias\": \"a\", \"to\": \"../1\", \"cause\": \"set\"}]}",
                "{\"changes\": [{\"alias\": \"a\", \"to\": \"1\", \"cause\": \"magic\"}]}",
                "{\"changes\": [{\"alias\": \"a\", \"to\": \"1\", \"cause\": \"set\", \"at\": \"noon\"}]}"
            })
    void refusesWhatItDidNotWrite(String text) {
        Drafts.assertRefused(
                () -> AliasHistory.read(text.getBytes(StandardCharsets.UTF_8)),
                Code.JSON,
                "aliases-history.json: is not what this version of Millrace writes. Restore or remove it: the aliases"
                        + " stay as they are, only the way back is lost.");
    }

    private static AliasHistory promote(AliasHistory history, Deque<String> stack, String version) {
        AliasHistory longer = history.and(change("a", stack.peek(), version));
        stack.push(version);
        return longer;
    }

    private static AliasHistory rollback(AliasHistory history, Deque<String> stack) {
        String undone = stack.pop();
        return history.and(new AliasChange("a", undone, stack.peek(), ROLLBACK, null));
    }

    private static AliasChange change(String alias, String from, String to) {
        return new AliasChange(alias, from, to, PROMOTE, NOON);
    }
}

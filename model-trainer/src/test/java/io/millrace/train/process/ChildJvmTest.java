/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.train.process.ChildJvm.End;
import io.millrace.train.process.ChildJvm.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChildJvmTest {

    private static final int MEGABYTES = 64;
    private static final Duration AMPLE = Duration.ofMinutes(1);

    @Test
    void childGetsItsArgumentsAndItsWordsComeBack() {
        Outcome outcome = run(AMPLE, "greet", "wor\"ld é");

        assertThat(outcome).isEqualTo(new Outcome(End.DONE, 0, "ended", "hello, wor\"ld é"));
        assertThat(outcome.done()).isTrue();
    }

    @Test
    void exceptionIsAFailureWithItsTrace() {
        Outcome outcome = run(AMPLE, "fail");

        assertThat(outcome.end()).isEqualTo(End.FAILED);
        assertThat(outcome.words()).isEqualTo("ended with exit code 1");
        assertThat(outcome.lastWords())
                .startsWith("Exception in thread \"main\" java.lang.IllegalStateException: broken on purpose");
    }

    @Test
    void exitCodeIsKept() {
        assertThat(run(AMPLE, "exit", "7")).isEqualTo(new Outcome(End.FAILED, 7, "ended with exit code 7", ""));
    }

    @Test
    void hangingChildIsKilledWhenItsTimeIsUp() {
        Outcome outcome = run(Duration.ofSeconds(2), "hang");

        assertThat(outcome.end()).isEqualTo(End.TIMED_OUT);
        assertThat(outcome.words()).isEqualTo("did not end within 2 s");
        assertThat(outcome.lastWords()).isEqualTo("about to hang");
    }

    @Test
    void floodOfOutputIsReadAndOnlyItsEndKept() {
        Outcome outcome = run(AMPLE, "flood");

        assertThat(outcome.end()).isEqualTo(End.DONE);
        assertThat(outcome.lastWords())
                .startsWith("…xxx")
                .endsWith("xxxthe end")
                .hasSizeLessThanOrEqualTo(LastWords.KEPT_BYTES + 1);
    }

    @Test
    void tooMuchMemoryIsSaidWithTheFigure() {
        Outcome outcome = run(AMPLE, "devour");

        assertThat(outcome.end()).isEqualTo(End.OUT_OF_MEMORY);
        assertThat(outcome.words()).isEqualTo("needs more than its 64 MB of memory");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
    void childThatASignalKillsIsToldApart() {
        assertThat(run(AMPLE, "die")).isEqualTo(new Outcome(End.KILLED, 137, "was killed by signal 9", ""));
    }

    @Test
    void interruptedParentLeavesNoChildBehind() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(AMPLE, "hang"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interrupted while a child JVM ran");

        assertThat(Thread.interrupted()).isTrue();
        ProcessHandle.current().children().forEach(child -> child.onExit().join());
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private static Outcome run(Duration limit, String... arguments) {
        return ChildJvm.run(MisbehavingChild.class, List.of(arguments), MEGABYTES, limit);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a cluster in this process ends: with its job, by being closed, or not in time. */
@Timeout(90)
final class EmbeddedFlinkIT {

    private static volatile CountDownLatch entered = new CountDownLatch(1);
    private static volatile CountDownLatch released = new CountDownLatch(1);

    @TempDir
    private Path directory;

    @Test
    void runningJobIsCancelledAndLeavesNothingBehind() throws Exception {
        EmbeddedFlink flink = EmbeddedFlink.start(directory, 1, new Configuration());
        JobClient job = submit(flink, value -> {
            entered.countDown();
            released.await();
            return value;
        });
        flink.close();
        assertThatThrownBy(job::getJobStatus).isInstanceOf(IllegalStateException.class);
        assertThat(filesLeft()).isEmpty();
        flink.close();
    }

    @Test
    void interruptedThreadStillClosesAndStaysInterrupted() throws Exception {
        EmbeddedFlink flink = EmbeddedFlink.start(directory, 1, new Configuration());
        JobClient job = submit(flink, value -> {
            entered.countDown();
            released.await();
            return value;
        });
        Thread.currentThread().interrupt();
        flink.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(job::getJobStatus).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void jobThatEndedByItselfIsClosed() throws Exception {
        EmbeddedFlink flink = EmbeddedFlink.start(directory, 1, new Configuration());
        JobClient job = submit(flink, value -> {
            entered.countDown();
            return value;
        });
        assertThat(job.getJobExecutionResult().get().getNetRuntime()).isNotNegative();
        flink.close();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void jobThatDoesNotEndIsNotTakenForEnded() throws Exception {
        EmbeddedFlink flink = EmbeddedFlink.start(directory, 1, new Configuration(), Duration.ofSeconds(1));
        JobClient job = submit(flink, value -> {
            entered.countDown();
            Uninterrupted.run(EmbeddedFlinkIT::awaitRelease);
            return value;
        });
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
        try {
            assertThatThrownBy(flink::close)
                    .isInstanceOf(CommandException.class)
                    .hasMessage(
                            "Flink: the job was stopped, but did not end within 1 s. It goes with this process; what"
                                    + " hangs is in the log, with MILLRACE_LOG=info.");
        } finally {
            released.countDown();
        }
    }

    private static JobClient submit(EmbeddedFlink flink, MapFunction<Long, Long> work) throws Exception {
        entered = new CountDownLatch(1);
        released = new CountDownLatch(1);
        flink.environment().setParallelism(1);
        flink.environment().fromSequence(1, 1).map(work).returns(Long.class).sinkTo(new DiscardingSink<>());
        JobClient job = flink.submit("one");
        entered.await();
        return job;
    }

    /** Cancellation interrupts again and again. */
    private static void awaitRelease() {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException cancelled) {
                continue;
            }
        }
    }

    private Stream<Path> filesLeft() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }
}

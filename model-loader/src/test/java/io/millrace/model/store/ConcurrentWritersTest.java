/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static io.millrace.model.store.Drafts.MODEL;
import static io.millrace.model.store.Drafts.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers at the same time, in one process and in several: no change is lost, no reader sees half of one. */
class ConcurrentWritersTest {

    private static final int CHANGES = 30;

    @TempDir
    Path work;

    private Path root;
    private LocalModelStore store;

    @BeforeEach
    void publishTwoVersions() {
        root = work.resolve("models");
        store = new LocalModelStore(root);
        store.publish(verified("1"));
        store.publish(verified("2"));
    }

    @Test
    void threadsLoseNoChange() throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (String alias : List.of("a", "b", "c", "d")) {
            tasks.add(() -> {
                AliasWriterProcess.main(new String[] {root.toString(), alias, String.valueOf(CHANGES)});
                return 0;
            });
            tasks.add(() -> readWhileTheyWrite(alias));
        }
        run(tasks);
        assertThat(store.aliases(MODEL)).isEqualTo(Map.of("a", "2", "b", "2", "c", "2", "d", "2"));
        for (String alias : List.of("a", "b", "c", "d")) {
            assertThat(store.history(MODEL, alias)).hasSize(CHANGES);
        }
    }

    @Test
    void processesLoseNoChange() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (String alias : List.of("a", "b", "c")) {
            processes.add(start(alias));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(work.resolve("errors.txt")))
                    .isZero();
        }
        assertThat(store.aliases(MODEL)).isEqualTo(Map.of("a", "2", "b", "2", "c", "2"));
        for (String alias : List.of("a", "b", "c")) {
            assertThat(store.history(MODEL, alias)).hasSize(CHANGES);
        }
    }

    @Test
    void oneOfManyPublishersOfAVersionWins() throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(() -> {
                try {
                    new LocalModelStore(root).publish(verified("3"));
                    return 1;
                } catch (ModelException e) {
                    assertThat(e.code()).isEqualTo(ModelException.Code.EXISTS);
                    return 0;
                }
            });
        }
        assertThat(run(tasks)).isEqualTo(1);
        store.open(store.resolve(MODEL, "3"));
    }

    private int readWhileTheyWrite(String alias) {
        int seen = 0;
        for (int i = 0; i < CHANGES; i++) {
            String version = store.aliases(MODEL).getOrDefault(alias, "1");
            assertThat(version).isIn("1", "2");
            assertThat(store.history(MODEL, alias)).hasSizeLessThanOrEqualTo(CHANGES);
            seen++;
        }
        return seen;
    }

    private static int run(List<Callable<Integer>> tasks) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            int sum = 0;
            for (Future<Integer> done : threads.invokeAll(tasks)) {
                sum += done.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }

    private Process start(String alias) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AliasWriterProcess.class.getName(),
                        root.toString(),
                        alias,
                        String.valueOf(CHANGES))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        work.resolve("errors.txt").toFile()))
                .start();
    }
}

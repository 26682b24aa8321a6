/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Flink as its distribution lays it out, with what {@code docker-compose.yml} adds: {@code lib} holds Flink and ND4J,
 * {@code usrlib} the job jar. Nothing of Millrace is on Flink's own class path.
 *
 * @param lib where Flink looks for its own jars; {@code usrlib} stands beside it
 * @param classPath of the cluster's processes
 */
record FlinkHome(Path lib, String classPath) {

    private static final Path BUILT = Path.of("..", "flink-jobs", "target");

    /** What the distribution has: Flink and what Flink needs. */
    private static final List<String> DISTRIBUTION = List.of(
            "/org/apache/flink/",
            "/org/apache/commons/",
            "/org/apache/logging/",
            "/commons-",
            "/org/slf4j/",
            "/com/esotericsoftware/",
            "/org/snakeyaml/",
            "/org/objenesis/",
            "/com/ververica/",
            "/org/lz4/",
            "/at/yawk/lz4/",
            "/org/xerial/snappy/",
            "/org/javassist/",
            "/com/google/code/findbugs/");

    private static final String CONNECTOR = "/flink-connector-kafka/";

    static FlinkHome install(Path directory) throws IOException {
        Path jar = BUILT.resolve("millrace-job.jar");
        Files.copy(jar, Files.createDirectories(directory.resolve("usrlib")).resolve(jar.getFileName()));
        try (Stream<Path> nd4j = Files.list(BUILT.resolve("flink-lib"))) {
            Stream<String> distribution = Stream.of(
                            System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(FlinkHome::ofDistribution);
            String classPath = Stream.concat(
                            distribution, nd4j.map(file -> file.toAbsolutePath().toString()))
                    .collect(Collectors.joining(File.pathSeparator));
            return new FlinkHome(Files.createDirectories(directory.resolve("lib")), classPath);
        }
    }

    Path jobJar() {
        return lib.resolveSibling("usrlib").resolve("millrace-job.jar");
    }

    private static boolean ofDistribution(String entry) {
        String path = entry.replace('\\', '/');
        return DISTRIBUTION.stream().anyMatch(path::contains) && !path.contains(CONNECTOR);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.cli.topic.PipelineTopics;
import io.millrace.flink.InferenceJob;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.model.backend.NativeBackend;
import io.millrace.pipeline.file.PipelineFile;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docker-compose.yml} against the build, the pipeline that it deploys, and Flink's own options. */
class ComposeFileTest {

    private static final Path ROOT = ComposeFile.ROOT;
    private static final Path DOCKERFILE = ROOT.resolve("deploy/Dockerfile");
    private static final List<String> FLINK = List.of("jobmanager", "taskmanager");

    /** What {@code mvn package} makes; {@code JobJarIT} runs a cluster of it. */
    private static final Set<String> BUILD_PRODUCTS =
            Set.of("flink-jobs/target/flink-lib", "flink-jobs/target/millrace-job.jar");

    private ComposeFile compose;

    @BeforeEach
    void read() throws IOException {
        compose = ComposeFile.read();
    }

    @Test
    void versionsAreThoseOfTheBuild() throws Exception {
        Map<String, String> build = buildVersions();
        assertThat(compose.service("kafka").get("image")).isEqualTo("apache/kafka:" + build.get("kafka.version"));
        assertThat(compose.service("topics").get("image")).isEqualTo("apache/kafka:" + build.get("kafka.version"));
        assertThat(Files.readAllLines(DOCKERFILE)).contains("FROM flink:" + build.get("flink.version") + "-java17");
        for (String service : FLINK) {
            assertThat(ComposeFile.map(compose.service(service).get("build")))
                    .containsEntry("context", ".")
                    .containsEntry("dockerfile", ROOT.relativize(DOCKERFILE).toString());
        }
    }

    @Test
    void whatItMountsAndCopiesIsThere() throws IOException {
        for (String service : compose.services()) {
            for (String volume : compose.list(service, "volumes")) {
                if (volume.startsWith(".")) {
                    assertThat(ROOT.resolve(volume.split(":")[0])).exists();
                }
            }
        }
        List<String> ignore = Files.readAllLines(ROOT.resolve("deploy/Dockerfile.dockerignore"));
        for (String copied : copied()) {
            assertThat(BUILD_PRODUCTS).contains(copied);
            assertThat(ignore).contains("!" + copied);
        }
        assertThat(copied()).hasSize(BUILD_PRODUCTS.size());
    }

    @Test
    void theJobIsOursAndItsPipelineHasAPlan() {
        List<String> command = compose.list("jobmanager", "command");
        assertThat(command).startsWith("standalone-job", "--job-classname", InferenceJob.class.getName(), "--pipeline");
        InferencePlan plan = plan(command.get(4));
        assertThat(plan.spec().kafka()).containsEntry("bootstrap.servers", "kafka:9092");
    }

    @Test
    void itMakesTheTopicsOfThePipeline() {
        List<String> command = compose.list("topics", "command");
        InferencePlan plan = plan(compose.list("jobmanager", "command").get(4));
        assertThat(compose.mounted("topics", command.get(1))).isExecutable();
        List<String> topics = PipelineTopics.all(plan.spec()).stream()
                .map(topic -> topic.equals(plan.spec().outputs().control()) ? topic + "=1" : topic)
                .toList();
        assertThat(command.subList(3, command.size())).containsExactlyElementsOf(topics);
    }

    @Test
    void everyOptionIsOneOfFlinks() throws Exception {
        Set<String> known = flinkOptions();
        for (String service : FLINK) {
            String properties =
                    compose.environment(service).get("FLINK_PROPERTIES").toString();
            assertThat(known)
                    .containsAll(ComposeFile.map(ComposeFile.yaml(properties)).keySet());
        }
    }

    @Test
    void nativeLibrariesAreUnpackedWhereTheTaskManagersLoadThem() throws IOException {
        String properties =
                compose.environment("taskmanager").get("FLINK_PROPERTIES").toString();
        Object options = ComposeFile.map(ComposeFile.yaml(properties)).get("env.java.opts.taskmanager");
        Matcher cache =
                Pattern.compile("-Dorg\\.bytedeco\\.javacpp\\.cachedir=\\S+").matcher(String.valueOf(options));
        assertThat(cache.find()).isTrue();
        assertThat(Files.readString(DOCKERFILE))
                .contains("java " + cache.group())
                .contains(NativeBackend.class.getName());
    }

    @Test
    void nothingIsOpenToOtherMachines() {
        List<String> ports = new ArrayList<>();
        compose.services().forEach(service -> ports.addAll(compose.list(service, "ports")));
        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void dockerTakesIt() throws Exception {
        assumeTrue(succeeds("docker", "compose", "version"), "docker compose is not installed");
        assertThat(succeeds("docker", "compose", "-f", ComposeFile.PATH.toString(), "config", "-q"))
                .isTrue();
    }

    private InferencePlan plan(String pipeline) {
        Map<String, String> environment = new TreeMap<>();
        compose.environment("jobmanager").forEach((key, value) -> environment.put(key, value.toString()));
        Path file = compose.mounted("jobmanager", pipeline);
        return InferencePlanner.plan(PipelineFile.read(file, environment));
    }

    private static List<String> copied() throws IOException {
        try (Stream<String> lines = Files.lines(DOCKERFILE)) {
            return lines.filter(line -> line.startsWith("COPY "))
                    .map(line -> line.split(" ")[1].replaceFirst("/$", ""))
                    .toList();
        }
    }

    private static Map<String, String> buildVersions() throws IOException {
        Matcher matcher =
                Pattern.compile("<([a-z.-]+\\.version)>([^<$]+)</").matcher(Files.readString(ROOT.resolve("pom.xml")));
        Map<String, String> versions = new TreeMap<>();
        while (matcher.find()) {
            versions.put(matcher.group(1), matcher.group(2));
        }
        return versions;
    }

    private static Set<String> flinkOptions() throws IllegalAccessException {
        Set<String> keys = new TreeSet<>();
        for (Class<?> options : List.of(
                CheckpointingOptions.class, CoreOptions.class, JobManagerOptions.class, TaskManagerOptions.class)) {
            for (Field field : options.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigOption<?> option) {
                    keys.add(option.key());
                }
            }
        }
        return keys;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.flink.InferenceJob;
import io.millrace.flink.plan.InferencePlan;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster of JVMs on the loopback address: one job manager, and task managers that come and are killed, of one slot each
 * where nothing else is said. What they print is under {@link JavaProcess#LOGS}.
 */
final class ClusterProcesses implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Path LOGGING =
            Path.of("target", "test-classes", "io/millrace/cli/it/cluster-log4j2.properties");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final String name;
    private final String classPath;
    private final Map<String, String> variables;
    private final int restPort;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> taskManagers = new ArrayList<>();

    private ClusterProcesses(
            Path directory, String name, String classPath, Map<String, String> variables, int restPort) {
        this.directory = directory;
        this.name = name;
        this.classPath = classPath;
        this.variables = variables;
        this.restPort = restPort;
    }

    /** A session cluster with the class path of the tests, so that jobs need no jar; returns when it is complete. */
    static ClusterProcesses session(Path directory, int taskManagers) throws Exception {
        String classPath = System.getProperty("java.class.path");
        return start(
                directory,
                "session",
                classPath,
                Map.of(),
                taskManagers,
                1,
                StandaloneSessionClusterEntrypoint.class,
                List.of());
    }

    /** A cluster of Flink alone, with slots for several jobs in each task manager, that takes job jars. */
    static ClusterProcesses session(
            Path directory, FlinkHome home, Map<String, String> variables, int taskManagers, int slots)
            throws Exception {
        return start(
                directory,
                "jar-session",
                home.classPath(),
                variables,
                taskManagers,
                slots,
                StandaloneSessionClusterEntrypoint.class,
                List.of());
    }

    /** A cluster in application mode, that runs the job jar's main class with arguments; returns when it is complete. */
    static ClusterProcesses application(
            Path directory, FlinkHome home, Map<String, String> variables, int taskManagers, List<String> arguments)
            throws Exception {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("FLINK_LIB_DIR", home.lib().toString());
        List<String> job = new ArrayList<>(List.of("--job-classname", InferenceJob.class.getName()));
        job.addAll(arguments);
        return start(
                directory,
                "application",
                home.classPath(),
                all,
                taskManagers,
                1,
                StandaloneApplicationClusterEntryPoint.class,
                job);
    }

    private static ClusterProcesses start(
            Path directory,
            String name,
            String classPath,
            Map<String, String> variables,
            int taskManagers,
            int slots,
            Class<?> entryPoint,
            List<String> arguments)
            throws Exception {
        List<Integer> ports = freePorts(2);
        ClusterProcesses cluster =
                new ClusterProcesses(Files.createDirectories(directory), name, classPath, variables, ports.get(1));
        try {
            cluster.writeConfiguration(ports.get(0), slots);
            cluster.startJobManager(entryPoint, arguments);
            for (int i = 0; i < taskManagers; i++) {
                cluster.startTaskManager();
            }
            Await.until(
                    taskManagers + " task managers registered",
                    START_LIMIT,
                    () -> cluster.get("/overview").path("taskmanagers").asInt() == taskManagers);
            return cluster;
        } catch (Exception | AssertionError failed) {
            cluster.close();
            throw failed;
        }
    }

    /** Submits a pipeline as its main class would. */
    JobClient submit(InferencePlan plan) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment(HOST, restPort, new Configuration());
        InferenceJob.build(environment, plan, false);
        return environment.executeAsync(plan.spec().name());
    }

    /** Runs the job jar as {@code flink run} does, with a client of its own; returns the job's id. */
    String run(FlinkHome home, List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "run", "-d", "-c", InferenceJob.class.getName(), home.jobJar().toString()));
        all.addAll(arguments);
        Path log = Files.createDirectories(JavaProcess.LOGS).resolve(name + "-client.log");
        ProcessBuilder builder = JavaProcess.of(classPath, CliFrontend.class.getName(), List.of(), all, log);
        builder.environment().putAll(variables);
        builder.environment().put("FLINK_CONF_DIR", directory.toString());
        assertThat(builder.start().waitFor()).as("flink run, see %s", log).isZero();
        Matcher submitted = Pattern.compile("JobID ([0-9a-f]{32})").matcher(Files.readString(log));
        assertThat(submitted.find()).as("a job id in %s", log).isTrue();
        return submitted.group(1);
    }

    /** Cancels a job and waits until it has ended. */
    void cancel(String job) throws Exception {
        answer(
                HttpRequest.newBuilder(address("/jobs/" + job))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody())
                        .build(),
                202);
        Await.until(
                "job " + job + " cancelled",
                START_LIMIT,
                () -> get("/jobs/" + job).path("state").asText().equals("CANCELED"));
    }

    private JsonNode answer(HttpRequest request, int expected) throws Exception {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    /** Starts one more task manager, and does not wait for it. */
    void startTaskManager() throws IOException {
        Process process = start(
                TaskManagerRunner.class,
                "taskmanager-" + taskManagers.size(),
                List.of(
                        "-Xms512m",
                        "-Xmx512m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:MaxDirectMemorySize=256m",
                        "-XX:MaxMetaspaceSize=256m"),
                List.of());
        taskManagers.add(process);
    }

    /** How much memory a task manager has in RAM, native memory included. */
    long residentBytes(int index) throws IOException {
        Path status = Path.of("/proc", Long.toString(taskManagers.get(index).pid()), "status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new AssertionError("no VmRSS in " + status);
    }

    /** How many jobs' class loaders a task manager still holds after it has collected its garbage. */
    long jobClassLoaders(int index) throws Exception {
        diagnose(index, "GC.run");
        return diagnose(index, "VM.classloader_stats")
                .filter(line -> line.contains("ChildFirstClassLoader"))
                .count();
    }

    private Stream<String> diagnose(int index, String command) throws Exception {
        Path log = Files.createDirectories(JavaProcess.LOGS).resolve(name + "-jcmd.log");
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(taskManagers.get(index).pid()),
                        command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(jcmd.waitFor()).as("jcmd %s, see %s", command, log).isZero();
        return Files.readAllLines(log).stream();
    }

    /** A number that the only task manager measures of itself, by Flink's name for it. */
    double taskManagerMetric(String name) throws Exception {
        String id = get("/taskmanagers").path("taskmanagers").path(0).path("id").asText();
        JsonNode metrics = get("/taskmanagers/" + id + "/metrics?get=" + name);
        return metrics.path(0).path("value").asDouble(Double.NaN);
    }

    /** Kills a task manager as {@code kill -9} does: nothing in it gets to run any more. */
    void killTaskManager(int index) throws InterruptedException {
        taskManagers.get(index).destroyForcibly().waitFor();
    }

    /** Ends the only job as its operator would: what it holds for order is released and committed. */
    void drain(Path savepoints) throws Exception {
        String job = get("/jobs").path("jobs").path(0).path("id").asText();
        String order = JSON.createObjectNode()
                .put("drain", true)
                .put("targetDirectory", savepoints.toUri().toString())
                .toString();
        HttpRequest request = HttpRequest.newBuilder(address("/jobs/" + job + "/stop"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(order))
                .build();
        answer(request, 202);
    }

    /** How often a job was restarted, as Flink itself counts. */
    int restarts(JobID job) throws Exception {
        JsonNode metrics = get("/jobs/" + job + "/metrics?get=numRestarts");
        return metrics.path(0).path("value").asInt(-1);
    }

    /** What the job manager's REST endpoint says; an empty object while nobody answers. */
    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.createObjectNode();
        } catch (ConnectException notYet) {
            return JSON.createObjectNode();
        }
    }

    private URI address(String path) {
        return URI.create("http://" + HOST + ':' + restPort + path);
    }

    private void startJobManager(Class<?> entryPoint, List<String> arguments) throws IOException {
        start(entryPoint, "jobmanager", List.of("-Xmx512m", "-XX:MaxMetaspaceSize=256m"), arguments);
    }

    private Process start(Class<?> main, String role, List<String> options, List<String> arguments) throws IOException {
        List<String> jvm = new ArrayList<>(options);
        jvm.add("-XX:+UseSerialGC");
        jvm.add("-XX:TieredStopAtLevel=1");
        jvm.add("-Dlog4j2.configurationFile=" + LOGGING.toAbsolutePath());
        List<String> all = new ArrayList<>(List.of("--configDir", directory.toString()));
        all.addAll(arguments);
        Path log = Files.createDirectories(JavaProcess.LOGS).resolve(name + '-' + role + ".log");
        ProcessBuilder builder = JavaProcess.of(classPath, main.getName(), jvm, all, log);
        builder.environment().putAll(variables);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Flink's shell scripts would compute the memory sizes; without them every one is written down. */
    private void writeConfiguration(int rpcPort, int slots) throws IOException {
        Map<String, String> options = new TreeMap<>();
        options.put("jobmanager.rpc.address", HOST);
        options.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        options.put("jobmanager.bind-host", HOST);
        options.put("rest.address", HOST);
        options.put("rest.bind-address", HOST);
        options.put("rest.port", Integer.toString(restPort));
        options.put("taskmanager.host", HOST);
        options.put("taskmanager.bind-host", HOST);
        options.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        options.put("taskmanager.cpu.cores", "1.0");
        options.put("taskmanager.memory.framework.heap.size", "128m");
        options.put("taskmanager.memory.framework.off-heap.size", "128m");
        options.put("taskmanager.memory.task.heap.size", "384m");
        options.put("taskmanager.memory.task.off-heap.size", "64m");
        options.put("taskmanager.memory.managed.size", "16m");
        options.put("taskmanager.memory.network.min", "64m");
        options.put("taskmanager.memory.network.max", "64m");
        options.put("taskmanager.memory.jvm-metaspace.size", "256m");
        options.put("taskmanager.memory.jvm-overhead.min", "64m");
        options.put("taskmanager.memory.jvm-overhead.max", "64m");
        options.put("heartbeat.interval", "500ms");
        options.put("heartbeat.timeout", "10s");
        options.put("metrics.fetcher.update-interval", "200ms");
        options.put("io.tmp.dirs", directory.resolve("tmp").toString());
        options.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        List<String> lines = new ArrayList<>();
        options.forEach((key, value) -> lines.add(key + ": " + value));
        Files.createDirectories(directory.resolve("tmp"));
        Files.write(directory.resolve("config.yaml"), lines);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST));
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    @Override
    public void close() throws InterruptedException {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            process.waitFor();
        }
    }
}

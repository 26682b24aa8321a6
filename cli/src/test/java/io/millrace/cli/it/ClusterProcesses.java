/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

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
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink session cluster of JVMs on the loopback address: one job manager, and task managers of one slot each that come
 * and are killed. Its class path is that of the tests, so a job needs no jar. What it prints is under {@link
 * JavaProcess#LOGS}.
 */
final class ClusterProcesses implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final int restPort;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> taskManagers = new ArrayList<>();

    private ClusterProcesses(Path directory, int restPort) {
        this.directory = directory;
        this.restPort = restPort;
    }

    /** Starts a cluster and waits until its task managers have registered. */
    static ClusterProcesses start(Path directory, int taskManagers) throws Exception {
        List<Integer> ports = freePorts(2);
        ClusterProcesses cluster = new ClusterProcesses(Files.createDirectories(directory), ports.get(1));
        try {
            cluster.writeConfiguration(ports.get(0));
            cluster.startJobManager();
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

    /** Starts one more task manager, and does not wait for it. */
    void startTaskManager() throws IOException {
        Process process = start(
                TaskManagerRunner.class,
                "taskmanager-" + taskManagers.size(),
                List.of("-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:MaxMetaspaceSize=256m"));
        taskManagers.add(process);
    }

    /** Kills a task manager as {@code kill -9} does: nothing in it gets to run any more. */
    void killTaskManager(int index) throws InterruptedException {
        taskManagers.get(index).destroyForcibly().waitFor();
    }

    /** The processes, those that were killed left out. */
    List<Process> alive() {
        return processes.stream().filter(Process::isAlive).toList();
    }

    /** How many tasks of a job run now. */
    int runningTasks(JobID job) throws Exception {
        int running = 0;
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            running += vertex.path("tasks").path("RUNNING").asInt();
        }
        return running;
    }

    /** How often a job was restarted, as Flink itself counts. */
    int restarts(JobID job) throws Exception {
        JsonNode metrics = get("/jobs/" + job + "/metrics?get=numRestarts");
        return metrics.path(0).path("value").asInt(-1);
    }

    /** What the job manager's REST endpoint says; an empty object while nobody answers. */
    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HOST + ':' + restPort + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.createObjectNode();
        } catch (ConnectException notYet) {
            return JSON.createObjectNode();
        }
    }

    private void startJobManager() throws IOException {
        start(StandaloneSessionClusterEntrypoint.class, "jobmanager", List.of("-Xmx512m", "-XX:MaxMetaspaceSize=256m"));
    }

    private Process start(Class<?> main, String name, List<String> options) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("-XX:+UseSerialGC");
        all.add("-XX:TieredStopAtLevel=1");
        all.add("-Dlog4j2.configurationFile=io/millrace/cli/it/cluster-log4j2.properties");
        Path log = Files.createDirectories(JavaProcess.LOGS).resolve(name + ".log");
        Process process = JavaProcess.of(main.getName(), all, List.of("--configDir", directory.toString()), log)
                .start();
        processes.add(process);
        return process;
    }

    /** Flink's shell scripts would compute the memory sizes; without them every one is written down. */
    private void writeConfiguration(int rpcPort) throws IOException {
        Map<String, String> options = new TreeMap<>();
        options.put("jobmanager.rpc.address", HOST);
        options.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        options.put("jobmanager.bind-host", HOST);
        options.put("rest.address", HOST);
        options.put("rest.bind-address", HOST);
        options.put("rest.port", Integer.toString(restPort));
        options.put("taskmanager.host", HOST);
        options.put("taskmanager.bind-host", HOST);
        options.put("taskmanager.numberOfTaskSlots", "1");
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

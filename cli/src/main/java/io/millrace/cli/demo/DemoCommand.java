/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.demo;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.local.EmbeddedBroker;
import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.local.Uninterrupted;
import io.millrace.cli.run.PipelineRun;
import io.millrace.cli.run.WorkDirectory;
import io.millrace.cli.topic.PipelineTopics;
import io.millrace.cli.topic.TopicReader;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.file.PipelineFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace demo}: everything at once, from nothing but the repository. */
@Command(
        name = "demo",
        description =
                "Start Kafka and Flink in this process, stream made-up card payments through the fraud example, and show"
                        + " what comes out, live. Leaves nothing behind.")
public final class DemoCommand implements Callable<Integer> {

    private static final long REDRAW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LOG_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    /** Shorter would drown the topic in windows of history, longer would show nothing of what is live for long. */
    private static final String MONITOR_WINDOW = "10m";

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--rate", defaultValue = "25", description = "Live payments a second (default: 25).")
    private double rate;

    @Option(names = "--seconds", paramLabel = "N", description = "Stop after N seconds. Default: at Ctrl-C.")
    private @Nullable Integer seconds;

    private final long startNanos = System.nanoTime();
    private double firstPredictionSeconds = Double.NaN;

    @Override
    public Integer call() throws Exception {
        if (!(rate > 0)) {
            throw new CommandException(ExitCode.USAGE, "--rate is " + rate + ". Give a number above 0.");
        }
        Path example = Path.of(System.getProperty("millrace.home", "."), "examples", "fraud");
        InferencePlan written = plan(example.resolve("pipeline.yaml"));
        try (WorkDirectory directory = WorkDirectory.of(null);
                EmbeddedBroker broker = EmbeddedBroker.start(directory.path().resolve("kafka"), 0)) {
            Map<String, String> kafka = new HashMap<>(written.spec().kafka());
            kafka.put("bootstrap.servers", broker.bootstrapServers());
            InferencePlan plan = written.withKafka(kafka);
            createTopics(plan);
            output.say("Kafka is up on " + broker.bootstrapServers() + "; sending 40 days of payments");
            return stream(plan, example, directory.path());
        }
    }

    private static InferencePlan plan(Path file) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent("MONITOR_WINDOW", MONITOR_WINDOW);
        return InferencePlanner.plan(PipelineFile.read(file, environment));
    }

    private static void createTopics(InferencePlan plan) {
        try (TopicAdmin admin = new TopicAdmin(plan.spec().kafka())) {
            PipelineTopics.create(plan.spec(), PipelineTopics.all(plan.spec()), admin);
        }
    }

    private int stream(InferencePlan plan, Path example, Path directory) throws Exception {
        long now = System.currentTimeMillis();
        try (PaymentFeed feed = new PaymentFeed(example, plan.spec().kafka(), rate, now)) {
            feed.sendHistory();
            output.say("sent %,d records; starting the job".formatted(feed.sent()));
            Thread live = new Thread(() -> sendLive(feed), "payments");
            live.setDaemon(true);
            try (PipelineRun run = PipelineRun.start(plan, directory.resolve("flink"), false);
                    TopicReader reader = new TopicReader(plan.spec().kafka())) {
                live.start();
                LiveView view = new LiveView(plan.spec().outputs(), now);
                watch(run, reader.at(plan.spec().outputs().outcomes(), false), view, feed);
                report(view, feed);
            } finally {
                live.interrupt();
                Uninterrupted.run(() -> awaitEnd(live));
            }
        }
        return ExitCode.DONE;
    }

    private static void sendLive(PaymentFeed feed) {
        try {
            feed.sendLive();
        } catch (InterruptedException | InterruptException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(Thread live) {
        try {
            live.join();
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(PipelineRun run, TopicReader reader, LiveView view, PaymentFeed feed) throws Exception {
        long lastDraw = System.nanoTime();
        long lastCount = 0;
        while (!timeIsUp()) {
            reader.next(record -> view.see(record, System.currentTimeMillis()));
            run.throwIfFailed();
            noteFirst(view);
            long elapsed = System.nanoTime() - lastDraw;
            if (elapsed >= (output.interactive() ? REDRAW_NANOS : LOG_NANOS)) {
                double perSecond = (view.predictions() - lastCount) * 1e9 / elapsed;
                draw(view, perSecond, feed);
                lastCount = view.predictions();
                lastDraw = System.nanoTime();
            }
        }
    }

    private boolean timeIsUp() {
        return seconds != null
                && System.nanoTime() - startNanos > Duration.ofSeconds(seconds).toNanos();
    }

    private void noteFirst(LiveView view) {
        if (Double.isNaN(firstPredictionSeconds) && view.predictions() > 0) {
            firstPredictionSeconds = (System.nanoTime() - startNanos) / 1e9;
            output.say("first prediction after %.1f s".formatted(firstPredictionSeconds));
        }
    }

    private void draw(LiveView view, double perSecond, PaymentFeed feed) {
        if (output.interactive()) {
            output.out().print(HOME_AND_CLEAR + view.picture(perSecond, feed.sent()));
            output.out().flush();
        } else {
            output.say(view.line(perSecond));
        }
    }

    private void report(LiveView view, PaymentFeed feed) {
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("predictions", view.predictions());
            result.put("live_predictions", view.live());
            result.put("first_prediction_seconds", firstPredictionSeconds);
            output.printJson(result);
        } else if (!output.interactive()) {
            output.say(view.picture(0, feed.sent()));
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Either;
import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.MapOf;
import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.UsedName;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.AlertSpec;
import io.millrace.pipeline.spec.ExplainSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.LabelSpec;
import io.millrace.pipeline.spec.ModelSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.RuntimeSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.TopicSpec;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole file: the first table of the grammar, and how its sections become a {@link PipelineSpec}. */
public final class PipelineReader {

    static final int VERSION = 1;

    static final Key<Integer> MILLRACE =
            Key.required("millrace", new Whole(VERSION, VERSION), "the version of this file's format, " + VERSION);
    private static final Key<String> PIPELINE = Key.required(
            "pipeline", Names.PIPELINE, "the pipeline's name, from which topics, state and transactions are named");
    static final Key<List<StreamSpec>> STREAMS =
            Key.required("streams", new MapOf<>(Names.STREAM, StreamReader.STREAM), "the input streams, by name");
    private static final Key<String> SCORE =
            Key.required("score", new UsedName(Names.STREAM), "the stream whose events are scored");
    private static final Key<Order> ORDER = Key.withDefault(
            "order",
            Choice.of("arrival", Order.ARRIVAL).or("event_time", Order.EVENT_TIME),
            Order.ARRIVAL,
            "the order in which events meet the state: as they come, or all streams by event time");
    private static final Key<List<FeatureSpec>> FEATURES = Key.required(
            "features",
            new MapOf<>(Names.FEATURE, FeatureReader.FEATURE),
            "the features by name, in the order of the model's inputs");
    private static final Key<List<String>> INPUTS = Key.optional(
            "inputs",
            new Either<>(
                    "a list of features",
                    List.of(
                            new ListOf<>(
                                            "a list of lists of features",
                                            new ListOf<>("a list of features", new UsedName(Names.FEATURE), 1),
                                            1)
                                    .as(PipelineReader::joined),
                            new ListOf<>("a list of features", new UsedName(Names.FEATURE), 1))),
            "all features",
            "which features feed the model, in order; one list for each of the network's inputs where it has several");
    private static final Key<ModelSpec> MODEL =
            Key.required("model", ModelReader.MODEL, "which model scores, at least its name");
    private static final Key<MonitorSpec> MONITOR =
            Key.optional("monitor", MonitorReader.MONITOR, "no signals", "which signals the job emits");
    private static final Key<LabelSpec> LABELS =
            Key.optional("labels", LabelReader.LABELS, "no truth is known", "where the truth comes from");
    private static final Key<List<AlertSpec>> ALERTS =
            Key.optional("alerts", AlertReader.ALERTS, "nobody is told", "when somebody is told");
    private static final Key<ExplainSpec> EXPLAIN = Key.optional(
            "explain", ExplainReader.EXPLAIN, "none is explained", "which predictions are explained, and how");
    private static final Key<OutputReader.Outputs> OUTPUTS =
            Key.withDefaults("outputs", OutputReader.OUTPUTS, "what is written, and with which guarantee");
    private static final Key<TopicSpec> TOPICS =
            Key.withDefaults("topics", OutputReader.TOPICS, "how topics that are missing are made");
    private static final Key<RuntimeSpec> RUNTIME =
            Key.withDefaults("runtime", RuntimeReader.RUNTIME, "how the job runs");

    /** The outermost section. */
    public static final Section<PipelineSpec> FILE = new Section<>(
            "a pipeline file",
            "The whole file",
            List.of(
                    MILLRACE,
                    PIPELINE,
                    STREAMS,
                    SCORE,
                    ORDER,
                    FEATURES,
                    INPUTS,
                    MODEL,
                    LABELS,
                    MONITOR,
                    ALERTS,
                    EXPLAIN,
                    OUTPUTS,
                    TOPICS,
                    Key.notBuilt("dead_letters", "budgets of dead letters"),
                    Key.notBuilt("bootstrap", "bootstraps of state"),
                    RUNTIME,
                    KafkaReader.KAFKA),
            PipelineReader::pipeline);

    private PipelineReader() {}

    private static List<String> joined(List<List<String>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    /** What the file says; null when a part that a pipeline needs could not be read, which has then been reported. */
    public static @Nullable PipelineSpec read(YamlNode.Mapping root, Reading reading) {
        if (!versionIsKnown(root, reading)) {
            return null;
        }
        Section.Values values = FILE.values(root, reading);
        reading.resolveUses();
        CrossCheck check = new CrossCheck(root, reading);
        check.inputTopics(values.find(STREAMS));
        check.outputTopics(values.find(STREAMS), outputs(values));
        check.monitoring(values.find(LABELS), values.find(MONITOR), values.find(ALERTS));
        check.transactions(values.get(OUTPUTS).delivery(), values.get(RUNTIME), values.get(KafkaReader.KAFKA));
        return values.complete() && reading.complete() ? pipeline(values) : null;
    }

    /** A file of another format is not read on: its keys may mean something else. */
    private static boolean versionIsKnown(YamlNode.Mapping root, Reading reading) {
        YamlNode version = root.entry(MILLRACE.name());
        boolean known =
                version instanceof YamlNode.Scalar scalar && scalar.text().equals(String.valueOf(VERSION));
        if (version == null || known) {
            return true;
        }
        reading.refuse(
                version,
                "this Millrace reads format " + VERSION + ", found " + version.found() + ". Write 'millrace: " + VERSION
                        + "', or use the Millrace that the file was written for.");
        return false;
    }

    private static @Nullable OutputSpec outputs(Section.Values values) {
        OutputReader.Outputs outputs = values.get(OUTPUTS);
        String prefix = outputs.prefix() == null ? values.find(PIPELINE) : outputs.prefix();
        return prefix == null ? null : outputs.under(prefix);
    }

    private static PipelineSpec pipeline(Section.Values values) {
        String score = values.get(SCORE);
        List<FeatureSpec> features = features(values.get(FEATURES), score);
        List<String> written = values.find(INPUTS);
        List<String> inputs = written == null ? null : slots(written, features);
        OutputReader.Outputs outputs = values.get(OUTPUTS);
        List<AlertSpec> alerts = values.find(ALERTS);
        return new PipelineSpec(
                values.get(PIPELINE),
                values.get(STREAMS),
                score,
                values.get(ORDER),
                features,
                inputs == null ? features.stream().map(FeatureSpec::name).toList() : inputs,
                values.get(MODEL),
                values.find(LABELS),
                values.find(MONITOR),
                alerts == null ? List.of() : alerts,
                values.find(EXPLAIN),
                outputs.under(outputs.prefix() == null ? values.get(PIPELINE) : outputs.prefix()),
                values.get(TOPICS),
                values.get(RUNTIME),
                KafkaReader.withServers(values.get(KafkaReader.KAFKA)));
    }

    /** An aggregate {@code from} the scored stream is one without {@code from}. */
    private static List<FeatureSpec> features(List<FeatureSpec> written, String score) {
        return written.stream()
                .map(feature -> feature instanceof FeatureSpec.Aggregate aggregate && score.equals(aggregate.from())
                        ? aggregate.fromScoredStream()
                        : feature)
                .flatMap(feature -> feature instanceof FeatureSpec.Aggregate aggregate && aggregate.steps() > 0
                        ? aggregate.unrolled().stream()
                        : Stream.of(feature))
                .toList();
    }

    /** The names of the values that features of these names have: of a sequence, one for each step. */
    private static List<String> slots(List<String> written, List<FeatureSpec> features) {
        return written.stream()
                .flatMap(name -> features.stream()
                        .map(FeatureSpec::name)
                        .filter(slot -> slot.equals(name) || slot.startsWith(name + '[')))
                .toList();
    }
}

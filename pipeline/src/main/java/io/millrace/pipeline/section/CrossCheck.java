/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Reading;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.spec.AlertSpec;
import io.millrace.pipeline.spec.Delivery;
import io.millrace.pipeline.spec.LabelSpec;
import io.millrace.pipeline.spec.LateSpec;
import io.millrace.pipeline.spec.MonitorSpec;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.PerformanceSpec;
import io.millrace.pipeline.spec.RuntimeSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.yaml.YamlNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What only two sections together can get wrong. */
final class CrossCheck {

    private static final String TOPIC = "topic";

    private final YamlNode.Mapping root;
    private final Reading reading;

    CrossCheck(YamlNode.Mapping root, Reading reading) {
        this.root = root;
        this.reading = reading;
    }

    /** No topic is read twice: each record has one outcome. */
    void inputTopics(@Nullable List<StreamSpec> streams) {
        Map<String, String> readers = new HashMap<>();
        for (StreamSpec stream : streams == null ? List.<StreamSpec>of() : streams) {
            String other = readers.putIfAbsent(stream.topic(), stream.name());
            if (other != null) {
                reading.refuse(
                        topic(stream),
                        "stream '" + other + "' reads this topic already. Use that stream, or read another topic.");
            }
        }
    }

    /** No topic is both read and written. */
    void outputTopics(@Nullable List<StreamSpec> streams, @Nullable OutputSpec outputs) {
        if (streams == null || outputs == null) {
            return;
        }
        for (StreamSpec stream : streams) {
            if (outputs.topics().contains(stream.topic())) {
                reading.refuse(
                        topic(stream),
                        "this pipeline writes that topic itself. Read another, or choose another outputs.prefix.");
            }
        }
    }

    /** What is compared with labels needs them, labels serve it, and alerts look at signals. */
    void monitoring(@Nullable LabelSpec labels, @Nullable MonitorSpec monitor, @Nullable List<AlertSpec> alerts) {
        if (root.entry("labels") == null && monitor != null) {
            needsLabels("monitor.performance", monitor.performance());
            needsLabels("monitor.value", monitor.value());
            needsLabels("monitor.fairness", monitor.fairness());
        }
        if (labels != null && !usesLabels()) {
            refuse(
                    "labels",
                    "nothing is made of them. Add monitor.performance, value or fairness, or remove this key.");
        }
        if (alerts != null && root.entry("monitor") == null) {
            refuse("alerts", "there are no signals to look at. Add monitor, or remove this key.");
        }
        if (monitor != null && monitor.fairness() != null) {
            for (String field : monitor.fairness().by()) {
                if (!monitor.segments().contains(field)) {
                    refuse("monitor.fairness.by", "'" + field + "' is no segment. Add it to monitor.segments.");
                }
            }
        }
        late(labels, monitor);
    }

    private void late(@Nullable LabelSpec labels, @Nullable MonitorSpec monitor) {
        PerformanceSpec performance = monitor == null ? null : monitor.performance();
        LateSpec late = performance == null ? null : performance.late();
        if (labels == null || late == null || monitor == null) {
            return;
        }
        if (!labels.missingMeansNegative()) {
            refuse(
                    "monitor.performance.late",
                    "it takes an event without a label for one whose label is still to come, but labels.missing_means is"
                            + " unknown. Set it to negative, or remove this key.");
        }
        Duration least = labels.horizon().plus(monitor.window());
        if (late.over() != null && late.over().compareTo(least) < 0) {
            refuse(
                    "monitor.performance.late.over",
                    "expected at least the horizon and a window, " + TimeSpan.ANY.write(least) + ", found "
                            + TimeSpan.ANY.write(late.over())
                            + ": how late labels come is learned from events that are older than the horizon.");
        }
    }

    /** Whether a key is written that makes something of labels, be it right or wrong. */
    private boolean usesLabels() {
        return root.entry("monitor") instanceof YamlNode.Mapping monitor
                && Stream.of("performance", "value", "fairness").anyMatch(key -> monitor.entry(key) != null);
    }

    private void needsLabels(String path, @Nullable Object asked) {
        if (asked != null) {
            refuse(path, "nothing says what was true. Add labels, or remove this key.");
        }
    }

    private void refuse(String path, String what) {
        YamlNode node = root;
        for (String name : path.split("\\.", -1)) {
            YamlNode entry = node instanceof YamlNode.Mapping mapping ? mapping.entry(name) : null;
            node = entry == null ? node : entry;
        }
        reading.refuseKey(node, what);
    }

    /** A transaction must outlive the checkpoint that commits it. */
    void transactions(Delivery delivery, RuntimeSpec runtime, Map<String, String> kafka) {
        String timeout = kafka.get(KafkaReader.TRANSACTION_TIMEOUT);
        YamlNode node = kafkaNode(KafkaReader.TRANSACTION_TIMEOUT);
        if (delivery != Delivery.EXACTLY_ONCE || timeout == null || node == null) {
            return;
        }
        long interval = runtime.checkpointEvery().toMillis();
        if (!timeout.matches("\\d{1,9}") || Long.parseLong(timeout) <= interval) {
            reading.refuse(
                    node,
                    "expected milliseconds, more than runtime.checkpoint_every ("
                            + TimeSpan.ANY.write(runtime.checkpointEvery()) + "), found " + node.found()
                            + ". A transaction that ends before its checkpoint loses results.");
        }
    }

    private YamlNode topic(StreamSpec stream) {
        YamlNode node = root.entry(PipelineReader.STREAMS.name());
        for (String name : List.of(stream.name(), TOPIC)) {
            YamlNode entry = node instanceof YamlNode.Mapping mapping ? mapping.entry(name) : null;
            node = entry == null ? node : entry;
        }
        return node == null ? root : node;
    }

    private @Nullable YamlNode kafkaNode(String property) {
        if (root.entry(KafkaReader.KAFKA.name()) instanceof YamlNode.Mapping kafka) {
            for (YamlNode entry : kafka.entries()) {
                if (KafkaReader.property(entry.name()).equals(property)) {
                    return entry;
                }
            }
        }
        return null;
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.run;

import io.millrace.cli.local.TopicAdmin;
import io.millrace.cli.topic.TopicReader;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.spec.OutputSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Counts the outcomes of a run from the topics themselves: placed at their ends before the run, read on to their ends
 * after it.
 */
final class OutcomeCount implements AutoCloseable {

    private final PipelineSpec spec;
    private final OutputSpec outputs;
    private final String scoredTopic;
    private final TopicReader input;
    private final TopicReader output;
    private long events;
    private long predictions;
    private long deadLetters;
    private long late;
    private long others;

    private OutcomeCount(InferencePlan plan) {
        this.spec = plan.spec();
        this.outputs = spec.outputs();
        this.scoredTopic = spec.streams().get(plan.scored()).topic();
        this.input = new TopicReader(spec.kafka());
        this.output = new TopicReader(spec.kafka());
    }

    static OutcomeCount begin(InferencePlan plan) {
        OutcomeCount count = new OutcomeCount(plan);
        try (TopicAdmin admin = new TopicAdmin(count.spec.kafka())) {
            count.input.at(admin.committedOrEarliest(count.spec.name(), count.scoredTopic));
        }
        count.output.at(List.of(count.outputs.predictions(), count.outputs.deadLetters(), count.outputs.late()), true);
        return count;
    }

    RunResult finish(double seconds) {
        input.toEnd(record -> events++);
        output.toEnd(this::count);
        return new RunResult(events, predictions, deadLetters, late, others, seconds);
    }

    private void count(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(outputs.predictions())) {
            predictions++;
        } else if (!scoredTopic.equals(sourceTopic(record))) {
            others++;
        } else if (record.topic().equals(outputs.late())) {
            late++;
        } else {
            deadLetters++;
        }
    }

    private static String sourceTopic(ConsumerRecord<byte[], byte[]> record) {
        for (String name : List.of("millrace.dlq.topic", "millrace.late.topic")) {
            Header header = record.headers().lastHeader(name);
            if (header != null) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    @Override
    public void close() {
        input.close();
        output.close();
    }
}

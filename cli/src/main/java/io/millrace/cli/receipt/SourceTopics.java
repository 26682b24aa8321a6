/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.receipt;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.topic.TopicReader;
import io.millrace.feature.FeatureProgram;
import io.millrace.feature.HopProgram;
import io.millrace.feature.replay.Recollection;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.source.RawRecords;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the events of the past from a pipeline's input topics. */
final class SourceTopics {

    /** The clock for a record that was scored: whatever it said then, its time was not too far ahead. */
    private static final long ANY_TIME = Long.MAX_VALUE / 2;

    private final FeatureContract contract;
    private final int mostEvents;
    private final List<EventDecoder> decoders = new ArrayList<>();

    /**
     * What stands at an offset.
     *
     * @param decoded null: nothing
     * @param missing why; empty where there is something
     */
    record Found(@Nullable Decoded decoded, String missing) {}

    /** @param mostEvents how many events may be held at once */
    SourceTopics(FeatureContract contract, int mostEvents) {
        this.contract = contract;
        this.mostEvents = mostEvents;
        for (int stream = 0; stream < contract.spec().streams().size(); stream++) {
            decoders.add(contract.decoder(stream));
        }
    }

    /** The topic of the stream whose events are scored. */
    String scoredTopic() {
        return contract.spec().streams().get(contract.scored()).topic();
    }

    /** What stands at positions of the scored stream's topic. */
    Map<SourcePosition, Found> find(Collection<SourcePosition> positions) {
        Map<SourcePosition, Found> found = new HashMap<>();
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> to = new HashMap<>();
        try (TopicReader reader = new TopicReader(contract.spec().kafka())) {
            reader.at(List.of(scoredTopic()), false);
            Map<TopicPartition, Long> begins = reader.begins();
            Map<TopicPartition, Long> ends = reader.ends();
            for (SourcePosition position : positions) {
                TopicPartition partition = new TopicPartition(position.topic(), position.partition());
                found.put(position, new Found(null, missing(position, begins.get(partition), ends.get(partition))));
                if (found.get(position).missing.isEmpty()) {
                    from.merge(partition, position.offset(), Math::min);
                    to.merge(partition, position.offset() + 1, Math::max);
                }
            }
            if (!from.isEmpty()) {
                reader.at(from).toOffsets(to, record -> take(record, found));
            }
        }
        found.replaceAll((position, each) -> each.decoded == null && each.missing.isEmpty()
                ? new Found(null, "offset " + position.offset() + " holds no record any more, so it was compacted away")
                : each);
        return found;
    }

    private boolean take(ConsumerRecord<byte[], byte[]> record, Map<SourcePosition, Found> found) {
        RawRecord raw = RawRecords.of(record);
        if (found.containsKey(raw.position())) {
            found.put(raw.position(), new Found(decoders.get(contract.scored()).decode(raw, ANY_TIME), ""));
        }
        return true;
    }

    private static String missing(SourcePosition position, @Nullable Long begin, @Nullable Long end) {
        if (begin == null || end == null) {
            return "the topic has no partition " + position.partition() + " any more";
        }
        if (position.offset() < begin) {
            return "the partition begins at offset " + begin + " now";
        }
        return position.offset() < end ? "" : "the partition ends at offset " + end + ", so the topic was made anew";
    }

    /** Gives a recollection what it needs, partition by partition, up to where nothing more can matter. */
    void recall(Recollection recollection, FeatureProgram program, Set<SourcePosition> wanted) {
        Map<String, List<Integer>> streams = streams(program);
        try (TopicReader reader = new TopicReader(contract.spec().kafka())) {
            reader.at(streams.keySet(), false);
            reader.begins()
                    .forEach((partition, offset) -> streams.getOrDefault(partition.topic(), List.of())
                            .forEach(stream -> recollection.beginsAt(stream, partition.partition(), offset)));
            reader.toOffsets(
                    reader.ends(),
                    record -> take(record, streams.getOrDefault(record.topic(), List.of()), recollection, wanted));
        }
    }

    private boolean take(
            ConsumerRecord<byte[], byte[]> record,
            List<Integer> streams,
            Recollection recollection,
            Set<SourcePosition> wanted) {
        RawRecord raw = RawRecords.of(record);
        long clock = wanted.contains(raw.position()) || raw.timestampMillis() < 0 ? ANY_TIME : raw.timestampMillis();
        boolean complete = true;
        for (int stream : streams) {
            if (decoders.get(stream).decode(raw, clock) instanceof Decoded.Accepted accepted) {
                recollection.take(accepted.event());
            }
            complete &= recollection.isComplete(stream, record.partition());
        }
        if (recollection.events() > mostEvents) {
            throw tooMany(wanted.size());
        }
        return !complete;
    }

    /** The streams to read, by topic: the scored one, and those that enter a hop. */
    private Map<String, List<Integer>> streams(FeatureProgram program) {
        List<StreamSpec> all = contract.spec().streams();
        return IntStream.range(0, all.size())
                .boxed()
                .filter(stream -> stream == contract.scored() || enters(program, stream))
                .collect(Collectors.groupingBy(stream -> all.get(stream).topic()));
    }

    private static boolean enters(FeatureProgram program, int stream) {
        return program.hops().stream().anyMatch((HopProgram hop) -> hop.enters(stream));
    }

    private CommandException tooMany(int predictions) {
        return new CommandException(
                ExitCode.FAILED,
                "more than " + mostEvents + " events matter to the features of " + predictions
                        + " source events (--max-events). Check fewer predictions at once, or raise it, and Java's"
                        + " memory with it: MILLRACE_JAVA_OPTS=-Xmx8g.");
    }
}

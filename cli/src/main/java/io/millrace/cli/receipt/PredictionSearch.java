/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.receipt;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.topic.TopicReader;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.schema.PredictionDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds predictions on a pipeline's topic, among those that are committed. */
final class PredictionSearch {

    private final PipelineSpec spec;
    private final String topic;
    private final PredictionDecoder decoder;

    /** A prediction on its topic, and its place in the line of those that are drawn. */
    private record Candidate(long lot, ConsumerRecord<byte[], byte[]> record) {

        static final Comparator<Candidate> FIRST_DRAWN = Comparator.comparingLong(Candidate::lot)
                .thenComparingInt(candidate -> candidate.record.partition())
                .thenComparingLong(candidate -> candidate.record.offset());

        static final Comparator<Candidate> BY_POSITION = Comparator.<Candidate>comparingInt(
                        candidate -> candidate.record.partition())
                .thenComparingLong(candidate -> candidate.record.offset());
    }

    PredictionSearch(PipelineSpec spec) {
        this.spec = spec;
        this.topic = spec.outputs().predictions();
        this.decoder = new PredictionDecoder(spec.outputs().encoding());
    }

    /** Every record of a prediction, in no order: one, unless it was made again. */
    List<Prediction> byId(String id) {
        List<Prediction> found = new ArrayList<>();
        read(record -> {
            Prediction prediction = decoder.decode(record.value());
            if (prediction != null && prediction.predictionId().equals(id)) {
                found.add(prediction);
            }
        });
        if (found.isEmpty()) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "topic " + topic + " holds no committed prediction '" + id
                            + "'. An id is the event's and the version's: EVENT@MODEL-VERSION, as millrace tap " + topic
                            + " shows it. Or its record is gone by retention, or its event is on "
                            + spec.outputs().deadLetters() + " or "
                            + spec.outputs().late() + ".");
        }
        return found;
    }

    /** As many predictions, drawn at random: the same seed draws the same from the same topic. */
    List<Prediction> sample(int count, long seed) {
        PriorityQueue<Candidate> drawn = new PriorityQueue<>(Candidate.FIRST_DRAWN.reversed());
        read(record -> {
            drawn.add(new Candidate(lot(seed, record.partition(), record.offset()), record));
            if (drawn.size() > count) {
                drawn.remove();
            }
        });
        List<Prediction> predictions = new ArrayList<>();
        drawn.stream().sorted(Candidate.BY_POSITION).forEach(each -> predictions.add(decode(each.record)));
        return predictions;
    }

    private Prediction decode(ConsumerRecord<byte[], byte[]> record) {
        Prediction prediction = decoder.decode(record.value());
        if (prediction == null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "topic " + topic + "-" + record.partition() + " offset " + record.offset()
                            + " holds no prediction of this version's contract in encoding "
                            + spec.outputs().encoding().name().toLowerCase(Locale.ROOT)
                            + ". Give the pipeline file that wrote it.");
        }
        return prediction;
    }

    private void read(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        try (TopicReader reader = new TopicReader(spec.kafka())) {
            reader.at(List.of(topic), false).toEnd(action);
        }
    }

    /** A number for each position, by the seed: Stafford's variant 13 of MurmurHash3's finisher, twice. */
    private static long lot(long seed, int partition, long offset) {
        return mix(mix(seed + partition) + offset);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}

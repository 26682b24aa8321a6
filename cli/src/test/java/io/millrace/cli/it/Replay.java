/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.it.Outcomes.Kind;
import io.millrace.cli.it.Outcomes.Outcome;
import io.millrace.feature.FeatureProgram;
import io.millrace.feature.HopProgram;
import io.millrace.feature.KeyState;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.rollout.Ledger;
import io.millrace.model.score.ScoringProgram;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.FieldText;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What must become of every record that was sent, found without Flink: one thread, one pass, all in event-time order. */
final class Replay {

    private final InferencePlan plan;
    private final long nowMillis;
    private final FeatureProgram program;
    private final List<Map<String, KeyState>> states = new ArrayList<>();
    private final List<Event> admitted = new ArrayList<>();
    private final Map<SourcePosition, Answer> answers = new HashMap<>();

    /**
     * What must become of one record.
     *
     * @param features of a prediction, as the contract logs them; empty for others
     * @param model name and version
     */
    record Answer(Kind kind, byte[] features, float score, String model) {

        static Answer refused(Kind kind) {
            return new Answer(kind, new byte[0], Float.NaN, "");
        }
    }

    private Replay(InferencePlan plan, long nowMillis) {
        this.plan = plan;
        this.nowMillis = nowMillis;
        this.program = plan.compileFeatures();
        program.hops().forEach(hop -> states.add(new HashMap<>()));
    }

    /** The answers to everything that was sent: to reports, only where they are refused. */
    static Map<SourcePosition, Answer> of(Feed feed, InferencePlan plan, long nowMillis) {
        return of(feed, plan, nowMillis, event -> plan.model());
    }

    /** The answers when champions change as a control topic says that was read to its end. */
    static Map<SourcePosition, Answer> of(Feed feed, InferencePlan plan, long nowMillis, Ledger ledger) {
        FieldText field = Objects.requireNonNull(plan.modelField());
        return of(feed, plan, nowMillis, event -> {
            long time = event.eventTimeMillis();
            String value = field.of(event.numbers(), event.texts());
            return ledger.timeline(time, value).at(time).champion();
        });
    }

    private static Map<SourcePosition, Answer> of(
            Feed feed, InferencePlan plan, long nowMillis, Function<Event, ModelVersion> champions) {
        Replay replay = new Replay(plan, nowMillis);
        feed.forEach(replay::admit);
        replay.admitted.sort(replay.order());
        Map<ModelVersion, ScoringProgram> models = new HashMap<>();
        for (Event event : replay.admitted) {
            if (event.stream() == plan.scored()) {
                replay.score(event, models.computeIfAbsent(champions.apply(event), plan::openModel));
            } else {
                replay.fold(event);
            }
        }
        models.values().forEach(ScoringProgram::close);
        return replay.answers;
    }

    /** Whether what was seen is what must be: every record answered once, and every number the same to the last bit. */
    static void check(Outcomes outcomes, Map<SourcePosition, Answer> answers) {
        assertThat(outcomes.byInput().keySet()).containsExactlyInAnyOrderElementsOf(answers.keySet());
        outcomes.byInput().forEach((position, seen) -> {
            assertThat(seen).as("outcomes of %s", position).hasSize(1);
            check(position, seen.get(0), answers.get(position));
        });
    }

    private static void check(SourcePosition position, Outcome seen, Answer expected) {
        assertThat(seen.kind()).as("outcome of %s", position).isEqualTo(expected.kind());
        if (seen.kind() == Kind.PREDICTION) {
            GenericRecord prediction = seen.prediction();
            assertThat(((ByteBuffer) prediction.get("features")).array())
                    .as("features of %s", position)
                    .isEqualTo(expected.features());
            GenericRecord model = (GenericRecord) prediction.get("model");
            assertThat(model.get("name") + " " + model.get("version"))
                    .as("model of %s", position)
                    .isEqualTo(expected.model());
            assertThat(prediction.get("score")).as("score of %s", position).isEqualTo(expected.score());
        }
    }

    /** One partition from its first offset on: late is what the records before it in its own partition make late. */
    private void admit(TopicPartition partition, List<ProducerRecord<byte[], byte[]>> records) {
        int stream = streamOf(partition.topic());
        EventDecoder decoder = plan.decoder(stream);
        long disorderMillis =
                plan.spec().streams().get(stream).eventTime().maxOutOfOrder().toMillis();
        long greatest = Long.MIN_VALUE;
        for (int offset = 0; offset < records.size(); offset++) {
            SourcePosition position = new SourcePosition(partition.topic(), partition.partition(), offset);
            if (!(decoder.decode(raw(position, records.get(offset)), nowMillis) instanceof Decoded.Accepted accepted)) {
                answers.put(position, Answer.refused(Kind.DEAD_LETTER));
                continue;
            }
            Event event = accepted.event();
            if (greatest != Long.MIN_VALUE && event.eventTimeMillis() < greatest - disorderMillis) {
                answers.put(position, Answer.refused(Kind.LATE));
            } else {
                admitted.add(event);
            }
            greatest = Math.max(greatest, event.eventTimeMillis());
        }
    }

    private int streamOf(String topic) {
        int stream = 0;
        while (!plan.spec().streams().get(stream).topic().equals(topic)) {
            stream++;
        }
        return stream;
    }

    private Comparator<Event> order() {
        return Comparator.comparingLong(Event::eventTimeMillis)
                .thenComparingInt(event -> event.stream() == plan.scored() ? Integer.MAX_VALUE : event.stream())
                .thenComparingInt(event -> event.raw().position().partition())
                .thenComparingLong(event -> event.raw().position().offset());
    }

    private void score(Event event, ScoringProgram scoring) {
        answers.put(event.raw().position(), score(features(event), scoring));
    }

    private void fold(Event event) {
        for (int i = 0; i < states.size(); i++) {
            HopProgram hop = program.hops().get(i);
            if (Arrays.stream(hop.streams()).anyMatch(stream -> stream == event.stream())) {
                hop.fold(event, state(i, event));
            }
        }
    }

    private double[] features(Event event) {
        double[] values = plan.unknownValues();
        for (int i = 0; i < states.size(); i++) {
            program.hops().get(i).compute(event, values, state(i, event));
        }
        program.finish(event, values);
        return values;
    }

    private KeyState state(int hop, Event event) {
        HopProgram keyed = program.hops().get(hop);
        return states.get(hop).computeIfAbsent(Objects.requireNonNull(keyed.key(event)), absent -> keyed.newState());
    }

    private Answer score(double[] features, ScoringProgram scoring) {
        scoring.put(0, features, plan.inputSlots(scoring.bundle()));
        scoring.score(1);
        ByteBuffer bytes = ByteBuffer.allocate(features.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double feature : features) {
            bytes.putFloat((float) feature);
        }
        ModelVersion version = scoring.bundle().version();
        String model = version.name() + " " + version.version();
        return new Answer(Kind.PREDICTION, bytes.array(), scoring.scoreOf(0), model);
    }

    private RawRecord raw(SourcePosition position, ProducerRecord<byte[], byte[]> record) {
        Header[] headers = record.headers().toArray();
        RawHeader[] raw = new RawHeader[headers.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = new RawHeader(headers[i].key(), headers[i].value());
        }
        return new RawRecord(position, nowMillis, record.key(), record.value(), raw);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.topic.InputFile;
import io.millrace.feature.replay.FeatureReplay;
import io.millrace.feature.replay.TieOrder;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.pipeline.record.SourcePosition;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import io.millrace.pipeline.spec.WireFormat;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import io.millrace.schema.text.RecordWriter;
import io.millrace.train.dense.LabelledRow;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files of events, in the order in which the job would process them under event time, and their rows. */
final class TrainingEvents {

    private final FeatureContract contract;
    private final PipelineSpec spec;
    private final Path pipelineDirectory;
    private final Map<String, Path> files;
    private final String positives;
    private final int scored;

    TrainingEvents(FeatureContract contract, Path pipeline, Map<String, Path> files, String positives) {
        this.contract = contract;
        this.spec = contract.spec();
        Path parent = pipeline.toAbsolutePath().getParent();
        this.pipelineDirectory = parent == null ? Path.of("") : parent;
        this.files = files;
        this.positives = positives;
        List<String> names = spec.streams().stream().map(StreamSpec::name).toList();
        this.scored = names.indexOf(spec.score());
        List<String> given = new ArrayList<>(files.keySet());
        given.add(positives);
        for (String name : given) {
            if (!names.contains(name)) {
                throw new CommandException(
                        ExitCode.USAGE, "the pipeline has no stream '" + name + "'." + Problems.suggest(name, names));
            }
        }
    }

    /** One row for each event of the scored stream, but for the first and the last days. */
    List<LabelledRow> rows(Duration warmUp, Duration labelDelay) throws Exception {
        List<Event> events = read();
        Set<String> positiveIds = positiveIds(events);
        List<Event> payments =
                events.stream().filter(event -> event.stream() == scored).toList();
        if (payments.isEmpty()) {
            throw new CommandException(ExitCode.FAILED, "the files hold no events of stream '" + spec.score() + "'.");
        }
        long from = payments.get(0).eventTimeMillis() + warmUp.toMillis();
        long until = payments.get(payments.size() - 1).eventTimeMillis() - labelDelay.toMillis();
        FeatureReplay replay = new FeatureReplay(contract.compileFeatures(), scored);
        int[] slots = inputSlots();
        List<LabelledRow> rows = new ArrayList<>();
        for (Event event : events) {
            double[] vector = replay.process(event);
            long time = event.eventTimeMillis();
            if (event.stream() == scored && time >= from && time <= until) {
                rows.add(new LabelledRow(time, pick(vector, slots), positiveIds.contains(event.id())));
            }
        }
        return rows;
    }

    private List<Event> read() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int stream = 0; stream < spec.streams().size(); stream++) {
            Path file = files.get(spec.streams().get(stream).name());
            if (file != null) {
                read(stream, file, events);
            }
        }
        events.sort(Comparator.comparingLong(Event::eventTimeMillis).thenComparing(new TieOrder(scored)));
        return events;
    }

    private void read(int index, Path file, List<Event> events) throws Exception {
        StreamSpec stream = spec.streams().get(index);
        String schema = Files.readString(stream.schemaPath(pipelineDirectory));
        RecordWriter writer = new RecordWriter(schema, WireFormat.BINARY);
        StreamSpec plain = new StreamSpec(
                stream.name(), stream.topic(), stream.schema(), WireFormat.BINARY, stream.id(), stream.eventTime());
        EventDecoder decoder =
                EventDecoder.of(plain, index, schema, contract.layouts().get(index));
        InputFile input = new InputFile(file, writer);
        long[] offset = {0};
        try (InputStream in = input.open()) {
            input.forEach(
                    in,
                    record -> events.add(event(
                            decoder.decode(raw(stream, offset[0]++, writer.encode(record)), Long.MAX_VALUE / 2),
                            file)));
        }
    }

    private static RawRecord raw(StreamSpec stream, long offset, byte[] value) {
        return new RawRecord(new SourcePosition(stream.topic(), 0, offset), 0, null, value, new RawHeader[0]);
    }

    private static Event event(Decoded decoded, Path file) {
        if (decoded instanceof Decoded.Accepted accepted) {
            return accepted.event();
        }
        Decoded.Refused refused = (Decoded.Refused) decoded;
        throw new CommandException(
                ExitCode.PROBLEMS,
                file + " record " + (refused.deadLetter().raw().position().offset() + 1) + ": "
                        + refused.deadLetter().reason() + ": "
                        + refused.deadLetter().message());
    }

    private Set<String> positiveIds(List<Event> events) {
        Set<String> ids = new HashSet<>();
        for (Event event : events) {
            if (spec.streams().get(event.stream()).name().equals(positives)) {
                ids.add(event.id());
            }
        }
        return ids;
    }

    private int[] inputSlots() {
        List<String> names = spec.features().stream().map(FeatureSpec::name).toList();
        return contract.inputs().stream().mapToInt(names::indexOf).toArray();
    }

    private static double[] pick(double[] vector, int[] slots) {
        double[] picked = new double[slots.length];
        for (int i = 0; i < slots.length; i++) {
            picked[i] = vector[slots[i]];
        }
        return picked;
    }
}

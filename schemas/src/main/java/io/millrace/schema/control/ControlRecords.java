/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema.control;

import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.control.Epoch;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.control.RollCall;
import io.millrace.pipeline.control.Vote;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.schema.Contracts;
import io.millrace.schema.WellFormed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** Control entries to records of contract {@code io.millrace.ModelCommand} in single-object encoding, and back. */
public final class ControlRecords {

    /** What a broker takes by default, roughly; a longer record is not read. */
    public static final int MOST_BYTES = 1_000_000;

    /** Versions that one roll call has room for. */
    public static final int MOST_OTHERS = 4_000;

    private static final Schema CONTRACT = Contracts.modelCommand();
    private static final int MOST_MESSAGE = 2_000;
    private static final int HEADER_BYTES = 10;
    private static final String NO_RECORD =
            "it is no record of contract io.millrace.ModelCommand in single-object encoding";

    private final String pipeline;
    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), CONTRACT);
    private final BinaryMessageDecoder<GenericRecord> decoder = new BinaryMessageDecoder<>(GenericData.get(), CONTRACT);

    private final WellFormed form = new WellFormed(CONTRACT);

    /**
     * What a record says.
     *
     * @param entry null when it is no entry of this pipeline
     * @param fault why not; empty where there is an entry
     */
    public record Reading(@Nullable ControlEntry entry, String fault) {}

    public ControlRecords(String pipeline) {
        this.pipeline = pipeline;
    }

    public byte[] encode(ControlEntry entry) {
        GenericRecordBuilder record = new GenericRecordBuilder(CONTRACT).set("pipeline", pipeline);
        if (entry instanceof ModelCommand command) {
            fill(record, command);
        } else if (entry instanceof Preparation preparation) {
            fill(record, preparation);
        } else if (entry instanceof RollCall call) {
            fill(record, call);
        } else if (entry instanceof Vote vote) {
            fill(record, vote);
        }
        try {
            ByteBuffer bytes = encoder.encode(record.build());
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads a record that anybody may have written. Nothing in it makes this fail. */
    public Reading decode(byte @Nullable [] value) {
        if (value == null || value.length > MOST_BYTES) {
            return fault(value == null ? "the value is null" : "the value has " + value.length + " bytes");
        }
        if (!form.test(value, HEADER_BYTES)) {
            return fault(NO_RECORD);
        }
        try {
            GenericRecord record = decoder.decode(value);
            String owner = record.get("pipeline").toString();
            if (!owner.equals(pipeline)) {
                return fault("it is about another pipeline");
            }
            return new Reading(entry(record), "");
        } catch (IOException | AvroRuntimeException | IllegalArgumentException unreadable) {
            return fault(NO_RECORD);
        } catch (Incomplete incomplete) {
            return fault("it lacks " + incomplete.getMessage());
        }
    }

    private static Reading fault(String what) {
        return new Reading(null, what + ". Write commands with 'millrace model'.");
    }

    private static void fill(GenericRecordBuilder record, ModelCommand command) {
        kind(record, command.action().name())
                .set("command_id", command.id())
                .set("model", version(command.version(), "model"))
                .set("fence", command.fenceMillis())
                .set("share", command.share())
                .set("model_name", command.model());
    }

    private static void fill(GenericRecordBuilder record, Preparation preparation) {
        Regime regime = preparation.regime();
        kind(record, "PREPARE")
                .set("command_id", preparation.commandId())
                .set("attempt", preparation.attempt())
                .set("fence", preparation.fenceMillis())
                .set("model", version(regime.champion(), "model"))
                .set("canary", version(regime.canary(), "canary"))
                .set("share", regime.share())
                .set("shadow", version(regime.shadow(), "shadow"));
    }

    private static void fill(GenericRecordBuilder record, RollCall call) {
        kind(record, "ROLL_CALL")
                .set("job", call.epoch().job())
                .set("restart", call.epoch().attempt())
                .set("subtask", call.subtask())
                .set("parallelism", call.parallelism())
                .set("fresh", call.fresh())
                .set("model", version(call.base(), "model"))
                .set(
                        "others",
                        call.others().stream()
                                .map(other -> version(other, "model"))
                                .toList());
    }

    private static void fill(GenericRecordBuilder record, Vote vote) {
        String message = vote.message();
        kind(record, "VOTE")
                .set("command_id", vote.commandId())
                .set("attempt", vote.attempt())
                .set("job", vote.epoch().job())
                .set("restart", vote.epoch().attempt())
                .set("subtask", vote.subtask())
                .set("verdict", symbol("verdict", vote.verdict().name()))
                .set("greatest_event_time", vote.greatestMillis() == Long.MIN_VALUE ? null : vote.greatestMillis())
                .set("message", message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) + '…' : message);
    }

    private static GenericRecordBuilder kind(GenericRecordBuilder record, String name) {
        Schema kinds = CONTRACT.getField("kind").schema();
        return record.set("kind", new GenericData.EnumSymbol(kinds, name));
    }

    private static GenericData.EnumSymbol symbol(String field, String name) {
        return new GenericData.EnumSymbol(
                CONTRACT.getField(field).schema().getTypes().get(1), name);
    }

    private static @Nullable GenericRecord version(@Nullable ModelVersion version, String field) {
        if (version == null) {
            return null;
        }
        Schema schema = CONTRACT.getField(field).schema().getTypes().get(1);
        return new GenericRecordBuilder(schema)
                .set("name", version.name())
                .set("version", version.version())
                .set("digest", version.digest())
                .build();
    }

    private static ControlEntry entry(GenericRecord record) throws Incomplete {
        String kind = record.get("kind").toString();
        return switch (kind) {
            case "PREPARE" ->
                new Preparation(
                        text(record, "command_id"), (int) record.get("attempt"), regime(record), time(record, "fence"));
            case "ROLL_CALL" ->
                new RollCall(
                        epoch(record),
                        (int) record.get("subtask"),
                        (int) record.get("parallelism"),
                        (boolean) record.get("fresh"),
                        present(version(record, "model"), "model"),
                        others(record));
            case "VOTE" -> vote(record);
            default -> command(record, Action.valueOf(kind));
        };
    }

    private static ModelCommand command(GenericRecord record, Action action) throws Incomplete {
        ModelVersion version = version(record, "model");
        Object name = record.get("model_name");
        return new ModelCommand(
                text(record, "command_id"),
                action,
                version,
                (Long) record.get("fence"),
                share(record),
                name != null ? name.toString() : version == null ? null : version.name());
    }

    private static List<ModelVersion> others(GenericRecord record) {
        List<ModelVersion> others = new ArrayList<>();
        for (Object other : (List<?>) record.get("others")) {
            others.add(version((GenericRecord) other));
        }
        return others;
    }

    private static Vote vote(GenericRecord record) throws Incomplete {
        Long greatest = (Long) record.get("greatest_event_time");
        return new Vote(
                epoch(record),
                (int) record.get("subtask"),
                text(record, "command_id"),
                (int) record.get("attempt"),
                Vote.Verdict.valueOf(text(record, "verdict")),
                greatest == null ? Long.MIN_VALUE : greatest,
                record.get("message").toString());
    }

    private static Regime regime(GenericRecord record) throws Incomplete {
        return new Regime(
                present(version(record, "model"), "model"),
                version(record, "canary"),
                share(record),
                version(record, "shadow"));
    }

    private static double share(GenericRecord record) throws Incomplete {
        double share = (double) record.get("share");
        if (share >= 0 && share <= 1) {
            return share;
        }
        throw new Incomplete("a share between 0 and 1");
    }

    private static Epoch epoch(GenericRecord record) throws Incomplete {
        return new Epoch(text(record, "job"), (int) record.get("restart"));
    }

    private static String text(GenericRecord record, String field) throws Incomplete {
        return present(record.get(field), field).toString();
    }

    private static long time(GenericRecord record, String field) throws Incomplete {
        return (Long) present(record.get(field), field);
    }

    private static @Nullable ModelVersion version(GenericRecord record, String field) {
        return record.get(field) instanceof GenericRecord version ? version(version) : null;
    }

    private static ModelVersion version(GenericRecord version) {
        return new ModelVersion(
                version.get("name").toString(),
                version.get("version").toString(),
                version.get("digest").toString());
    }

    private static <T> T present(@Nullable T value, String field) throws Incomplete {
        if (value == null) {
            throw new Incomplete(field);
        }
        return value;
    }

    /** A field that this kind of record needs is not there. */
    private static final class Incomplete extends Exception {
        private static final long serialVersionUID = 1L;

        Incomplete(String field) {
            super(field, null, false, false);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Builds the readers of a schema: fields that have a slot are stored, the others are skipped. */
final class SlotReaders {

    private final EventLayout layout;
    private final Map<String, SlotReader[]> skippers = new HashMap<>();

    private SlotReaders(EventLayout layout) {
        this.layout = layout;
    }

    /**
     * The reader of a schema.
     *
     */
    static SlotReader of(Schema schema, EventLayout layout) {
        return new SlotReaders(layout).record(schema, "");
    }

    private SlotReader record(Schema schema, String prefix) {
        List<Schema.Field> fields = schema.getFields();
        SlotReader[] readers = new SlotReader[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = reader(fields.get(i).schema(), prefix + fields.get(i).name());
        }
        return sequence(readers);
    }

    private static SlotReader sequence(SlotReader[] readers) {
        return (in, numbers, texts, depth) -> {
            for (SlotReader reader : readers) {
                reader.read(in, numbers, texts, depth);
            }
        };
    }

    private SlotReader reader(Schema schema, String path) {
        if (schema.getType() == Schema.Type.UNION) {
            return union(schema.getTypes().stream()
                    .map(branch -> reader(branch, path))
                    .toArray(SlotReader[]::new));
        }
        if (schema.getType() == Schema.Type.RECORD) {
            boolean holdsSlots =
                    layout.fields().stream().anyMatch(field -> field.name().startsWith(path + '.'));
            return holdsSlots ? record(schema, path + '.') : skip(schema);
        }
        Field field = layout.field(path);
        return field == null ? skip(schema) : store(schema, field);
    }

    private static SlotReader union(SlotReader[] branches) {
        return (in, numbers, texts, depth) -> {
            int branch = in.readInt();
            if (branch < 0 || branch >= branches.length) {
                throw new Malformed(
                        "a union at byte " + in.position() + " chooses branch " + branch + " of " + branches.length);
            }
            branches[branch].read(in, numbers, texts, depth);
        };
    }

    private SlotReader store(Schema schema, Field field) {
        int slot = field.slot();
        return switch (schema.getType()) {
            case NULL -> (in, numbers, texts, depth) -> {};
            case INT -> storeInt(schema, slot);
            case LONG ->
                layout.exactSlot(field.name()) >= 0
                        ? storeExact(slot, layout.exactSlot(field.name()))
                        : storeLong(schema, slot);
            case FLOAT -> (in, numbers, texts, depth) -> numbers[slot] = finite(in.readFloat());
            case DOUBLE -> (in, numbers, texts, depth) -> numbers[slot] = finite(in.readDouble());
            case BOOLEAN -> (in, numbers, texts, depth) -> numbers[slot] = in.readBoolean() ? 1 : 0;
            case STRING -> (in, numbers, texts, depth) -> texts[slot] = in.readString();
            case ENUM -> storeSymbol(schema.getEnumSymbols().toArray(new String[0]), slot);
            case BYTES -> storeDecimal(schema, slot);
            default -> skip(schema);
        };
    }

    private static SlotReader storeInt(Schema schema, int slot) {
        long millisPerUnit = schema.getLogicalType() instanceof LogicalTypes.Date ? 86_400_000L : 1;
        return (in, numbers, texts, depth) -> numbers[slot] = (double) in.readInt() * millisPerUnit;
    }

    private static SlotReader storeLong(Schema schema, int slot) {
        long unitsPerMilli = AvroLayout.unitsPerMilli(schema);
        return unitsPerMilli == 1
                ? (in, numbers, texts, depth) -> numbers[slot] = (double) in.readLong()
                : (in, numbers, texts, depth) -> numbers[slot] = (double) Math.floorDiv(in.readLong(), unitsPerMilli);
    }

    private static SlotReader storeExact(int slot, int exactSlot) {
        return (in, numbers, texts, depth) -> {
            long value = in.readLong();
            texts[exactSlot] = Long.toString(value);
            numbers[slot] = (double) value;
        };
    }

    private static SlotReader storeSymbol(String[] symbols, int slot) {
        return (in, numbers, texts, depth) -> {
            int symbol = in.readInt();
            if (symbol < 0 || symbol >= symbols.length) {
                throw new Malformed(
                        "an enum at byte " + in.position() + " is symbol " + symbol + " of " + symbols.length);
            }
            texts[slot] = symbols[symbol];
        };
    }

    private static SlotReader storeDecimal(Schema schema, int slot) {
        int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
        return (in, numbers, texts, depth) -> {
            byte[] unscaled = in.readBytes();
            numbers[slot] = unscaled.length == 0
                    ? Double.NaN
                    : finite(new BigDecimal(new BigInteger(unscaled), scale).doubleValue());
        };
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private SlotReader skip(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> (in, numbers, texts, depth) -> {};
            case INT, LONG, ENUM -> (in, numbers, texts, depth) -> in.readLong();
            case FLOAT -> (in, numbers, texts, depth) -> in.skip(Float.BYTES);
            case DOUBLE -> (in, numbers, texts, depth) -> in.skip(Double.BYTES);
            case BOOLEAN -> (in, numbers, texts, depth) -> in.readBoolean();
            case STRING, BYTES -> (in, numbers, texts, depth) -> in.skipLengthPrefixed();
            case FIXED -> skipFixed(schema.getFixedSize());
            case UNION -> union(schema.getTypes().stream().map(this::skip).toArray(SlotReader[]::new));
            case ARRAY -> skipBlocks(skip(schema.getElementType()), false);
            case MAP -> skipBlocks(skip(schema.getValueType()), true);
            case RECORD -> skipRecord(schema);
        };
    }

    private static SlotReader skipFixed(int size) {
        return (in, numbers, texts, depth) -> in.skip(size);
    }

    /** A record may hold itself: its reader is looked up when it is met, and depth is counted. */
    private SlotReader skipRecord(Schema schema) {
        SlotReader[] holder = skippers.get(schema.getFullName());
        if (holder == null) {
            SlotReader[] own = new SlotReader[1];
            skippers.put(schema.getFullName(), own);
            own[0] = sequence(schema.getFields().stream()
                    .map(field -> skip(field.schema()))
                    .toArray(SlotReader[]::new));
            holder = own;
        }
        SlotReader[] target = holder;
        return (in, numbers, texts, depth) -> {
            if (depth >= SlotReader.DEEPEST) {
                throw new Malformed("records are nested deeper than " + SlotReader.DEEPEST);
            }
            target[0].read(in, numbers, texts, depth + 1);
        };
    }

    /** Arrays and maps: blocks of items; a negative count is followed by the block's size in bytes. */
    private static SlotReader skipBlocks(SlotReader item, boolean keyed) {
        return (in, numbers, texts, depth) -> {
            for (long count = in.readLong(); count != 0; count = in.readLong()) {
                if (count < 0) {
                    in.skipLengthPrefixed();
                    continue;
                }
                if (count > in.remaining()) {
                    throw new Malformed("a block at byte " + in.position() + " claims " + count + " items, but "
                            + in.remaining() + " bytes are left");
                }
                int before = in.position();
                for (long i = 0; i < count; i++) {
                    if (keyed) {
                        in.skipLengthPrefixed();
                    }
                    item.read(in, numbers, texts, depth);
                    if (in.position() == before) {
                        break; // items of no bytes, nulls: a count costs nothing to write and must cost nothing to read
                    }
                }
            }
        };
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.expression.ExpressionException;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Frame;
import io.millrace.pipeline.expression.Scope;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import io.millrace.schema.AvroLayout;
import java.util.Arrays;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Lets through the records for which an expression over their fields is true. */
final class RecordFilter {

    private final EventLayout layout;
    private final Expression expression;
    private final Frame frame = new Frame();

    RecordFilter(String text, Schema schema) {
        this.layout = AvroLayout.of(schema.getName(), schema, "");
        this.expression = compile(text);
        frame.numbers = new double[layout.numberSlots()];
        frame.texts = new @Nullable String[layout.textSlots()];
    }

    boolean test(GenericRecord record) {
        Arrays.fill(frame.numbers, Double.NaN);
        Arrays.fill(frame.texts, null);
        for (Field field : layout.fields()) {
            fill(field, value(record, field.name()));
        }
        return expression.truth(frame) == Expression.TRUE;
    }

    private Expression compile(String text) {
        try {
            Expression compiled = ExpressionCompiler.compile(text, new LayoutScope());
            if (compiled.type() == ExpressionType.BOOLEAN) {
                return compiled;
            }
            throw new CommandException(ExitCode.USAGE, "--filter: '" + text + "' is not true or false. Compare it.");
        } catch (ExpressionException faulty) {
            throw new CommandException(ExitCode.USAGE, "--filter: in '" + text + "' at " + faulty.getMessage());
        }
    }

    private static @Nullable Object value(GenericRecord record, String path) {
        Object value = record;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof GenericRecord inner ? inner.get(name) : null;
        }
        return value;
    }

    private void fill(Field field, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (field.kind() == Kind.TEXT) {
            frame.texts[field.slot()] = value.toString();
        } else if (value instanceof Boolean truth) {
            frame.numbers[field.slot()] = truth ? 1 : 0;
        } else if (value instanceof Number number) {
            frame.numbers[field.slot()] = number.doubleValue();
        }
    }

    /** The fields of the record, by name. */
    private final class LayoutScope implements Scope {
        @Override
        public @Nullable Variable find(String name) {
            Field field = layout.field(name);
            if (field == null) {
                return null;
            }
            Bank bank = field.kind() == Kind.TEXT ? Bank.TEXTS : Bank.NUMBERS;
            return new Variable(name, ExpressionType.valueOf(field.kind().name()), bank, field.slot());
        }

        @Override
        public Collection<String> names() {
            return layout.fields().stream().map(Field::name).toList();
        }
    }
}

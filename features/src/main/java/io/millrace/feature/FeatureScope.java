/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.expression.Scope;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.EventLayout.Field;
import io.millrace.pipeline.record.EventLayout.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a stream, then the features by name: a field hides a feature of the same name. */
public final class FeatureScope implements Scope {

    private final EventLayout layout;
    private final List<String> features;

    /**
     * A scope of one stream.
     *
     * @param features names by slot; none where an expression may not see features
     */
    public FeatureScope(EventLayout layout, List<String> features) {
        this.layout = layout;
        this.features = features;
    }

    @Override
    public @Nullable Variable find(String name) {
        Field field = layout.field(name);
        if (field != null) {
            Bank bank = field.kind() == Kind.TEXT ? Bank.TEXTS : Bank.NUMBERS;
            return new Variable(name, type(field.kind()), bank, field.slot());
        }
        int slot = features.indexOf(name);
        return slot < 0 ? null : new Variable(name, ExpressionType.NUMBER, Bank.FEATURES, slot);
    }

    @Override
    public Collection<String> names() {
        List<String> names = new ArrayList<>(features);
        layout.fields().forEach(field -> names.add(field.name()));
        return names;
    }

    private static ExpressionType type(Kind kind) {
        return switch (kind) {
            case NUMBER -> ExpressionType.NUMBER;
            case BOOLEAN -> ExpressionType.BOOLEAN;
            case TIME -> ExpressionType.TIME;
            case TEXT -> ExpressionType.TEXT;
        };
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.Expression;
import io.millrace.pipeline.expression.ExpressionType;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Missing;
import io.millrace.pipeline.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves the features of a pipeline to slots, and says everything that is wrong with them. */
final class FeatureCompiler {

    private final PipelineSpec spec;
    private final List<EventLayout> layouts;
    private final Problems problems;
    private final List<String> names = new ArrayList<>();
    private final Map<List<String>, HopCompiler> hops = new LinkedHashMap<>();
    private final List<ValueProgram> values = new ArrayList<>();
    private final FeatureResolver resolver;

    FeatureCompiler(PipelineSpec spec, List<EventLayout> layouts, Problems problems) {
        this.spec = spec;
        this.layouts = layouts;
        this.problems = problems;
        spec.features().forEach(feature -> names.add(feature.name()));
        this.resolver = new FeatureResolver(spec, layouts, problems);
    }

    @Nullable
    FeatureProgram compile() {
        int before = problems.asList().size();
        for (int slot = 0; slot < names.size(); slot++) {
            FeatureSpec feature = spec.features().get(slot);
            if (feature instanceof FeatureSpec.Value value) {
                compileValue(slot, value);
            } else if (feature instanceof FeatureSpec.Aggregate aggregate) {
                compileAggregate(slot, aggregate);
            }
        }
        List<ValueProgram> inOrder = DependencyOrder.of(values, names, problems);
        if (problems.asList().size() > before) {
            return null;
        }
        return new FeatureProgram(
                names.size(),
                hops.values().stream().map(HopCompiler::build).toList(),
                inOrder.toArray(new ValueProgram[0]),
                rejecting());
    }

    private void compileValue(int slot, FeatureSpec.Value value) {
        String path = "features." + value.name() + ".value";
        FeatureScope scope = new FeatureScope(layouts.get(resolver.scored()), names);
        Expression expression = resolver.expression(path, value.expression(), scope);
        if (expression == null) {
            return;
        }
        if (expression.type() != ExpressionType.NUMBER && expression.type() != ExpressionType.BOOLEAN) {
            problems.add(
                    path,
                    "a feature is a number, but '" + value.expression() + "' is a "
                            + expression.type().name().toLowerCase(java.util.Locale.ROOT)
                            + ". Compare it, or take a number from it, such as hour(…) or size(…).");
            return;
        }
        values.add(new ValueProgram(slot, expression, whenMissing(value)));
    }

    private void compileAggregate(int slot, FeatureSpec.Aggregate aggregate) {
        int scored = resolver.scored();
        int stream = resolver.stream(aggregate);
        boolean keyed = resolver.checkKey(aggregate, scored);
        if (stream != scored && stream >= 0) {
            keyed &= resolver.checkKey(aggregate, stream);
        }
        if (!keyed || stream < 0) {
            return;
        }
        hops.computeIfAbsent(aggregate.by(), by -> new HopCompiler(by, spec, layouts, resolver))
                .add(slot, aggregate, stream, whenMissing(aggregate));
    }

    static double whenMissing(FeatureSpec feature) {
        return feature.missing() instanceof Missing.Replace replace ? replace.value() : Double.NaN;
    }

    private int[] rejecting() {
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < names.size(); slot++) {
            if (spec.features().get(slot).missing() instanceof Missing.Reject) {
                slots.add(slot);
            }
        }
        return slots.stream().mapToInt(Integer::intValue).toArray();
    }
}

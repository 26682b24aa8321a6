/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.record.FieldText;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers the aggregates of one key into groups, and builds the hop when all are known to be right. */
final class HopCompiler {

    private final List<String> by;
    private final PipelineSpec spec;
    private final List<EventLayout> layouts;
    private final FeatureResolver resolver;
    private final Map<String, GroupCompiler> groups = new LinkedHashMap<>();

    HopCompiler(List<String> by, PipelineSpec spec, List<EventLayout> layouts, FeatureResolver resolver) {
        this.by = by;
        this.spec = spec;
        this.layouts = layouts;
        this.resolver = resolver;
    }

    void add(int slot, FeatureSpec.Aggregate aggregate, int stream, double whenMissing) {
        Integer timeSlot = resolver.timeSlot(aggregate, stream);
        if (timeSlot == null) {
            return;
        }
        String canonical = "by " + by + " from " + spec.streams().get(stream).name() + " at "
                + Objects.requireNonNullElse(aggregate.at(), "");
        groups.computeIfAbsent(
                        canonical,
                        text -> new GroupCompiler(text, stream, timeSlot, spec, layouts.get(stream), resolver))
                .add(slot, aggregate, whenMissing);
    }

    HopProgram build() {
        TreeSet<Integer> streams = new TreeSet<>(List.of(resolver.scored()));
        groups.values().forEach(group -> streams.add(group.stream()));
        @Nullable KeyReader[] keys = new @Nullable KeyReader[layouts.size()];
        for (int stream : streams) {
            keys[stream] = new KeyReader(keyFields(layouts.get(stream)));
        }
        return new HopProgram(
                by,
                streams.stream().mapToInt(Integer::intValue).toArray(),
                resolver.scored(),
                keys,
                groups.values().stream().map(GroupCompiler::build).toArray(Group[]::new));
    }

    private List<FieldText> keyFields(EventLayout layout) {
        return by.stream()
                .map(name -> new FieldText(layout, Objects.requireNonNull(layout.field(name), name)))
                .toList();
    }
}

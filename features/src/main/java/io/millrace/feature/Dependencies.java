/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.expression.ExpressionCompiler;
import io.millrace.pipeline.expression.Scope.Bank;
import io.millrace.pipeline.expression.Scope.Variable;
import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which features a feature reads, directly or through others, in a pipeline that compiles. */
public final class Dependencies {

    private final Map<String, FeatureSpec> features = new HashMap<>();
    private final FeatureScope scope;

    /**
     * The dependencies in a pipeline.
     *
     * @param layouts one per stream, in the file's order
     */
    public Dependencies(PipelineSpec spec, List<EventLayout> layouts) {
        List<String> names = spec.features().stream().map(FeatureSpec::name).toList();
        List<String> streams = spec.streams().stream().map(StreamSpec::name).toList();
        spec.features().forEach(feature -> features.put(feature.name(), feature));
        this.scope = new FeatureScope(layouts.get(streams.indexOf(spec.score())), names);
    }

    /** The features named, and every feature that they need. */
    public Set<String> of(Collection<String> names) {
        Set<String> needed = new HashSet<>();
        names.forEach(name -> gather(name, needed));
        return needed;
    }

    private void gather(String name, Set<String> needed) {
        if (!needed.add(name) || !(features.get(name) instanceof FeatureSpec.Value value)) {
            return;
        }
        for (Variable read :
                ExpressionCompiler.compile(value.expression(), scope).variables()) {
            if (read.bank() == Bank.FEATURES) {
                gather(read.name(), needed);
            }
        }
    }
}

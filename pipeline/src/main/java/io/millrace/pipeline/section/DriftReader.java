/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Either;
import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Flag;
import io.millrace.pipeline.grammar.scalar.UsedName;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.DriftDefinition;
import io.millrace.pipeline.spec.DriftMetric;
import io.millrace.pipeline.spec.DriftSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code monitor.drift}: which columns are compared with the reference, and by whose formulas. */
final class DriftReader {

    private static final Key<List<String>> FEATURES = Key.withDefault(
            "features",
            new Either<>(
                    "all or a list of features",
                    List.of(
                            Choice.of("all", List.<String>of()),
                            new ListOf<>("a list of features", new UsedName(Names.FEATURE), 1))),
            List.of(),
            "which of the model's inputs are watched");
    private static final Key<Boolean> SCORE =
            Key.withDefault("score", Flag.ANY, true, "whether the score is watched too");
    private static final Key<List<DriftMetric>> METRICS = Key.withDefault(
            "metrics",
            new ListOf<>("a list of metrics", metric(), 1),
            DriftSpec.DEFAULT_METRICS,
            "how far a window is from the reference");
    private static final Key<DriftDefinition> DEFINITION = Key.withDefault(
            "definition",
            Choice.of("millrace", DriftDefinition.MILLRACE)
                    .or("evidently", DriftDefinition.EVIDENTLY)
                    .or("nannyml", DriftDefinition.NANNYML)
                    .or("hopsworks", DriftDefinition.HOPSWORKS),
            DriftDefinition.MILLRACE,
            "whose formulas: tools mean different numbers by the same name. `millrace` counts on fixed bins; the others keep"
                    + " up to 100,000 values of a window and feature");
    private static final Key<Boolean> PREVIOUS =
            Key.withDefault("previous", Flag.ANY, true, "whether each window is compared with the one before too");
    private static final Key<Integer> MIN_ROWS = Key.withDefault(
            "min_rows",
            new Whole(1, Integer.MAX_VALUE),
            DriftSpec.DEFAULT_MIN_ROWS,
            "below which nothing is said of a window");

    static final Section<DriftSpec> DRIFT = new Section<>(
            "a drift monitor",
            "How far each window is from the reference in the model's bundle, and from the window before",
            List.of(FEATURES, SCORE, METRICS, DEFINITION, PREVIOUS, MIN_ROWS),
            DriftReader::drift);

    private DriftReader() {}

    private static Choice<DriftMetric> metric() {
        Choice<DriftMetric> choice = Choice.of(DriftMetric.PSI.word(), DriftMetric.PSI);
        for (DriftMetric metric : DriftMetric.values()) {
            choice = metric == DriftMetric.PSI ? choice : choice.or(metric.word(), metric);
        }
        return choice;
    }

    private static @Nullable DriftSpec drift(Section.Values values) {
        DriftDefinition definition = values.get(DEFINITION);
        List<DriftMetric> metrics = values.get(METRICS);
        String lacking = metrics.stream()
                .filter(metric -> !definition.has(metric))
                .map(DriftMetric::word)
                .collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) {
            values.reading()
                    .refuse(
                            values.node(METRICS),
                            definition.word() + " has no " + lacking + ". It has "
                                    + definition.metrics().stream()
                                            .map(DriftMetric::word)
                                            .collect(Collectors.joining(", "))
                                    + ".");
            return null;
        }
        return new DriftSpec(
                values.get(FEATURES),
                values.get(SCORE),
                metrics,
                definition,
                values.get(PREVIOUS),
                values.get(MIN_ROWS));
    }
}

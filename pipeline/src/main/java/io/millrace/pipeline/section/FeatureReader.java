/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Either;
import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.ListOf;
import io.millrace.pipeline.grammar.NotBuilt;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.ValueType;
import io.millrace.pipeline.grammar.Variants;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Decimal;
import io.millrace.pipeline.grammar.scalar.Flag;
import io.millrace.pipeline.grammar.scalar.TimeSpan;
import io.millrace.pipeline.grammar.scalar.UsedName;
import io.millrace.pipeline.grammar.scalar.Whole;
import io.millrace.pipeline.spec.AggregateFunction;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Missing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code features.<name>}: one feature of the vector, told apart by the key that computes it. */
final class FeatureReader {

    private static final ValueType<Missing> MISSING_TYPE = new Either<>(
            "a number, mean or dead_letter",
            List.of(
                    new Decimal().as(Missing.Replace::new),
                    Choice.<Missing>of("mean", new Missing.Mean()).or("dead_letter", new Missing.Reject())));

    private static final Key<Missing> MISSING = Key.optional(
            "missing",
            MISSING_TYPE,
            "`mean`, the training mean",
            "what stands in for a missing value: a number, `mean`, or `dead_letter` for no prediction");

    private static final Key<Object> ALIAS = Key.notBuilt("alias", "feature aliases");

    private static final Key<String> VALUE =
            Key.required("value", Names.EXPRESSION, "an expression over the event's fields and other features");

    private static final Section<FeatureSpec> VALUE_SECTION = new Section<>(
            "a value feature",
            "A feature computed from the event itself and from other features",
            List.of(VALUE, MISSING, ALIAS),
            values -> new FeatureSpec.Value(values.name(), values.get(VALUE), values.find(MISSING)));

    private static final String ANOTHER_KIND = "another kind";

    private static final Key<Boolean> COUNT =
            Key.optional("count", Flag.TRUE, ANOTHER_KIND, "how many entries the window holds; 0 when none");
    private static final Map<AggregateFunction, Key<String>> OPERANDS = operands();

    private static final Key<List<String>> BY = Key.required(
            "by",
            new Either<>(
                    "a field or a list of fields",
                    List.of(new ListOf<>("a list of fields", Names.FIELD, 1), Names.FIELD.as(List::of))),
            "the field, or the list of fields, whose values make the key");
    private static final Key<Duration> OVER = Key.required(
            "over",
            new Either<>(
                    TimeSpan.EXAMPLES,
                    List.of(
                            new NotBuilt<>(
                                    ": lifetime", "lifetime windows", "feature", Choice.of("lifetime", "")::fits),
                            TimeSpan.POSITIVE)),
            "the length of the window");
    private static final Key<String> FROM = Key.optional(
            "from", new UsedName(Names.STREAM), "the scored stream", "the stream that the entries come from");
    private static final Key<String> AT = Key.optional(
            "at", Names.FIELD, "the stream's event time", "the time field that places an entry in the window");
    private static final Key<Duration> DELAY =
            Key.withDefault("delay", TimeSpan.ANY, Duration.ZERO, "how long before the event the window ends");
    private static final Key<String> WHERE = Key.optional(
            "where", Names.EXPRESSION, "every entry", "which entries count, an expression over their fields");
    private static final Key<String> RESOLUTION = Key.withDefault(
            "resolution",
            new Either<>(
                    "exact",
                    List.of(
                            new NotBuilt<>(": 5m", "windows of panes", "resolution", TimeSpan.POSITIVE::fits),
                            Choice.of("exact", "exact"))),
            "exact",
            "how finely the window is kept: `exact`, one entry per event");

    private static final Key<String> LATEST = Key.required("last", Names.EXPRESSION, "an expression");
    private static final Key<Integer> STEPS = Key.required(
            "count",
            new Whole(1, 1_000),
            "how many of its latest values, oldest first; padded in front where there are fewer");

    private static final Section<FeatureSpec> SEQUENCE_SECTION = new Section<>(
            "a sequence feature",
            "The latest values in (t - delay - over, t - delay] that share the key of an event at time t, for a network that"
                    + " reads sequences",
            List.of(
                    LATEST,
                    STEPS,
                    BY,
                    OVER,
                    DELAY,
                    FROM,
                    AT,
                    WHERE,
                    RESOLUTION,
                    ALIAS,
                    Key.notBuilt("self", "windows without the event itself"),
                    Key.notBuilt("max_events", "bounds on the entries of a window"),
                    Key.notBuilt("ttl", "times to live")),
            FeatureReader::sequence);

    private static final Section<FeatureSpec> AGGREGATE_SECTION = new Section<>(
            "an aggregate feature",
            "An aggregate over the entries in (t - delay - over, t - delay] that share the key of an event at time t",
            aggregateKeys(),
            FeatureReader::aggregate);

    static final ValueType<FeatureSpec> FEATURE = new Variants<>(Names.FEATURE, variants(), null);

    private FeatureReader() {}

    private static Map<AggregateFunction, Key<String>> operands() {
        Map<AggregateFunction, Key<String>> operands = new LinkedHashMap<>();
        operands.put(AggregateFunction.SUM, operand("sum", "the sum of an expression; 0 when the window is empty"));
        operands.put(AggregateFunction.MEAN, operand("mean", "the mean of an expression"));
        operands.put(AggregateFunction.MIN, operand("min", "the least value of an expression"));
        operands.put(AggregateFunction.MAX, operand("max", "the greatest value of an expression"));
        operands.put(AggregateFunction.VARIANCE, operand("variance", "the sample variance of an expression"));
        operands.put(AggregateFunction.STDDEV, operand("stddev", "the square root of the sample variance"));
        operands.put(AggregateFunction.LAST, operand("last", "the latest value of an expression, by time"));
        return operands;
    }

    private static Key<String> operand(String name, String meaning) {
        return Key.optional(name, Names.EXPRESSION, ANOTHER_KIND, meaning);
    }

    private static List<Key<?>> aggregateKeys() {
        List<Key<?>> keys = new ArrayList<>();
        keys.add(COUNT);
        keys.addAll(OPERANDS.values());
        keys.addAll(List.of(BY, OVER, DELAY, FROM, AT, WHERE, MISSING, RESOLUTION, ALIAS));
        keys.add(Key.notBuilt("self", "windows without the event itself"));
        keys.add(Key.notBuilt("max_events", "bounds on the entries of a window"));
        keys.add(Key.notBuilt("ttl", "times to live"));
        return keys;
    }

    private static List<Variants.Variant<FeatureSpec>> variants() {
        List<Variants.Variant<FeatureSpec>> variants = new ArrayList<>();
        variants.add(Variants.built(VALUE.name(), VALUE_SECTION));
        variants.add(Variants.built(COUNT.name(), AGGREGATE_SECTION));
        OPERANDS.values().forEach(key -> variants.add(Variants.built(key.name(), AGGREGATE_SECTION)));
        variants.add(Variants.notBuilt("categories", "feature", "category"));
        variants.add(Variants.built(SEQUENCE_SECTION, LATEST.name(), STEPS.name()));
        variants.add(Variants.notBuilt("first values", "feature", "first"));
        variants.add(Variants.notBuilt("distinct counts", "feature", "distinct"));
        variants.add(Variants.notBuilt("quantiles", "feature", "quantile"));
        variants.add(Variants.notBuilt("exponentially weighted means", "feature", "ewma"));
        variants.add(Variants.notBuilt("times since the last event", "feature", "time_since_last"));
        variants.add(Variants.notBuilt("rates", "feature", "rate"));
        variants.add(Variants.notBuilt("most frequent values", "feature", "top"));
        return variants;
    }

    private static @Nullable FeatureSpec aggregate(Section.Values values) {
        if (values.find(COUNT) != null) {
            return aggregate(values, AggregateFunction.COUNT, null);
        }
        for (Map.Entry<AggregateFunction, Key<String>> candidate : OPERANDS.entrySet()) {
            String operand = values.find(candidate.getValue());
            if (operand != null) {
                return aggregate(values, candidate.getKey(), operand);
            }
        }
        return null;
    }

    private static FeatureSpec sequence(Section.Values values) {
        return new FeatureSpec.Aggregate(
                values.name(),
                AggregateFunction.LAST,
                values.get(LATEST),
                values.get(BY),
                values.get(OVER),
                values.get(DELAY),
                values.find(FROM),
                values.find(AT),
                values.find(WHERE),
                null,
                values.get(STEPS),
                0);
    }

    private static FeatureSpec aggregate(Section.Values values, AggregateFunction function, @Nullable String operand) {
        return new FeatureSpec.Aggregate(
                values.name(),
                function,
                operand,
                values.get(BY),
                values.get(OVER),
                values.get(DELAY),
                values.find(FROM),
                values.find(AT),
                values.find(WHERE),
                values.find(MISSING));
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import static io.millrace.feature.Pipelines.aggregate;
import static io.millrace.feature.Pipelines.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.problem.Problem;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.record.Event;
import io.millrace.pipeline.spec.AggregateFunction;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Missing;
import io.millrace.pipeline.spec.Order;
import io.millrace.pipeline.spec.PipelineSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FeatureProgramTest {

    private static final long T = 1_600_000_000_000L;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void windowIsOpenAtItsStartAndClosedAtItsEnd() {
        HopProgram hop = onlyHop(aggregate("n", AggregateFunction.COUNT, null, "customer", MINUTE, Duration.ZERO));
        KeyState state = hop.newState();

        assertThat(count(hop, state, T)).isEqualTo(1);
        assertThat(count(hop, state, T + 59_999)).isEqualTo(2);
        assertThat(count(hop, state, T + 60_000)).isEqualTo(2);
    }

    @Test
    void delayShiftsTheWindowBack() {
        HopProgram hop = onlyHop(aggregate("n", AggregateFunction.COUNT, null, "customer", MINUTE, MINUTE));
        KeyState state = hop.newState();

        assertThat(count(hop, state, T)).isZero();
        assertThat(count(hop, state, T + 60_000)).isEqualTo(1);
        assertThat(count(hop, state, T + 119_999)).isEqualTo(1);
        assertThat(count(hop, state, T + 179_999)).isEqualTo(2);
        assertThat(count(hop, state, T + 180_000)).isEqualTo(1);
    }

    @Test
    void valuesAreComputedAfterWhatTheyRead() {
        FeatureProgram program = program(
                value("twice", "once * 2", null),
                value("once", "amount / 3", null),
                value("is_big", "amount > 10", null));

        assertThat(finish(program, Pipelines.payment(0, T, 12, 1, "a"))).containsExactly(8, 4, 1);
    }

    @Test
    void numberForMissingIsSeenByOtherFeaturesAndTheMeanIsLeftToTheScorer() {
        FeatureProgram program = program(
                value("ratio", "amount / 0", new Missing.Replace(7)),
                value("reader", "ratio + 1", null),
                value("mean", "amount / 0", new Missing.Mean()),
                value("mute", "mean + 1", null));

        assertThat(finish(program, Pipelines.payment(0, T, 12, 1, "a"))).containsExactly(7, 8, Double.NaN, Double.NaN);
    }

    @Test
    void rejectedNamesTheFeatureWithoutWhichThereIsNoPrediction() {
        FeatureProgram program =
                program(value("a", "amount / 0", null), value("b", "amount / 0", new Missing.Reject()));

        double[] values = finish(program, Pipelines.payment(0, T, 12, 1, "a"));

        assertThat(program.rejected(values)).isEqualTo(1);
        assertThat(program.rejected(new double[] {Double.NaN, 1})).isEqualTo(-1);
    }

    @Test
    void nullKeyIsAProblemOfTheEventUnlessEveryFeatureSaysWhatMissingMeans() {
        FeatureSpec.Aggregate silent = aggregate("n", AggregateFunction.COUNT, null, "customer", MINUTE, Duration.ZERO);
        FeatureSpec.Aggregate spoken = new FeatureSpec.Aggregate(
                "n",
                AggregateFunction.COUNT,
                null,
                List.of("customer"),
                MINUTE,
                Duration.ZERO,
                null,
                null,
                null,
                new Missing.Replace(-1));
        Event nameless = Pipelines.payment(0, T, 1, 1, null);

        assertThat(program(silent).nullKey(nameless)).isEqualTo("customer");
        assertThat(program(spoken).nullKey(nameless)).isNull();
        double[] values = {Double.NaN};
        program(spoken).hops().get(0).compute(nameless, values, null);
        assertThat(values).containsExactly(-1);
    }

    @Test
    void partsOfACompositeKeyNeverRunIntoEachOther() {
        FeatureSpec.Aggregate both = new FeatureSpec.Aggregate(
                "n",
                AggregateFunction.COUNT,
                null,
                List.of("customer", "terminal"),
                MINUTE,
                Duration.ZERO,
                null,
                null,
                null,
                null);
        HopProgram hop = onlyHop(both);

        assertThat(hop.key(Pipelines.payment(0, T, 1, 12, "1"))).isEqualTo("1:12:12");
        assertThat(hop.key(Pipelines.payment(0, T, 1, 2, "11"))).isEqualTo("2:111:2");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        Problems problems = new Problems();
        FeatureSpec.Aggregate lost = new FeatureSpec.Aggregate(
                "lost",
                AggregateFunction.SUM,
                "customer",
                List.of("terminl"),
                MINUTE,
                Duration.ZERO,
                "reprots",
                null,
                null,
                null);
        FeatureSpec.Aggregate odd = new FeatureSpec.Aggregate(
                "odd",
                AggregateFunction.SUM,
                "customer",
                List.of("customer"),
                MINUTE,
                Duration.ZERO,
                null,
                "amount",
                "amount",
                null);

        FeatureProgram program = FeatureProgram.compile(
                Pipelines.of(
                        Order.ARRIVAL,
                        value("a", "b + 1", null),
                        value("b", "a + 1", null),
                        value("c", "customer", null),
                        value("d", "amuont", null),
                        lost,
                        odd),
                Pipelines.LAYOUTS,
                problems);

        assertThat(program).isNull();
        assertThat(problems.asList())
                .containsExactly(
                        new Problem(
                                "features.c.value",
                                "a feature is a number, but 'customer' is a text. Compare it, or take a number from it, such as"
                                        + " hour(…) or size(…)."),
                        new Problem(
                                "features.d.value",
                                "in 'amuont' at 1:1: nothing is called 'amuont' here. Did you mean 'amount'?"),
                        new Problem("features.lost.from", "there is no stream 'reprots'. Did you mean 'reports'?"),
                        new Problem(
                                "features.lost.by",
                                "stream 'payments' has no field 'terminl'. Did you mean 'terminal'?"),
                        new Problem(
                                "features.odd.at",
                                "field 'amount' is a number, not a time. Give it the logical type timestamp-millis in its"
                                        + " schema, or name another field."),
                        new Problem(
                                "features.a.value", "the feature is made from itself: a → b → a. Break the circle."));
    }

    @Test
    void digestChangesWithWhatComputesTheInputsAndWithNothingElse() {
        FeatureSpec.Value input = value("a", "amount + 1", null);
        FeatureSpec.Value other = value("a", "amount + 2", null);
        FeatureSpec.Value unused = value("unused", "amount", null);
        PipelineSpec base = Pipelines.of(Order.ARRIVAL, input);

        assertThat(digest(Pipelines.of(Order.ARRIVAL, other))).isNotEqualTo(digest(base));
        assertThat(digest(Pipelines.of(Order.EVENT_TIME, input))).isNotEqualTo(digest(base));
        assertThat(digest(withInputs(Pipelines.of(Order.ARRIVAL, input, unused), "a")))
                .isEqualTo(digest(base));
    }

    private static String digest(PipelineSpec spec) {
        return FeatureDigest.of(spec, Pipelines.LAYOUTS);
    }

    private static PipelineSpec withInputs(PipelineSpec spec, String... inputs) {
        return new PipelineSpec(
                spec.name(),
                spec.streams(),
                spec.score(),
                spec.order(),
                spec.features(),
                List.of(inputs),
                spec.model(),
                spec.labels(),
                spec.monitor(),
                spec.alerts(),
                spec.explain(),
                spec.outputs(),
                spec.topics(),
                spec.runtime(),
                spec.kafka());
    }

    private static double count(HopProgram hop, KeyState state, long time) {
        double[] values = {Double.NaN};
        hop.compute(Pipelines.payment(time, time, 1, 1, "a"), values, state);
        return values[0];
    }

    private static double[] finish(FeatureProgram program, Event event) {
        double[] values = new double[program.features()];
        java.util.Arrays.fill(values, Double.NaN);
        program.finish(event, values);
        return values;
    }

    private static HopProgram onlyHop(FeatureSpec... features) {
        return program(features).hops().get(0);
    }

    private static FeatureProgram program(FeatureSpec... features) {
        Problems problems = new Problems();
        FeatureProgram program =
                FeatureProgram.compile(Pipelines.of(Order.EVENT_TIME, features), Pipelines.LAYOUTS, problems);
        assertThat(problems.asList()).isEmpty();
        return Objects.requireNonNull(program);
    }
}

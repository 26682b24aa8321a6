/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.fixture.RecordEquality;
import io.millrace.pipeline.record.Event;
import io.millrace.schema.OutputLimits;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** A plan is made where the file is and used where the events are. */
class InferencePlanTest {

    private final InferencePlan plan = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);

    @Test
    void aPlanTravelsWhole() throws Exception {
        InferencePlan travelled = InstantiationUtil.clone(plan);
        Event event = PaymentRecords.event(plan, 0, PaymentRecords.payment(1, 2, 3, "c", "s", 4.0));
        Event other = PaymentRecords.event(travelled, 0, PaymentRecords.payment(1, 2, 3, "c", "s", 4.0));

        assertThat(travelled).isEqualTo(plan);
        assertThat(other).usingRecursiveComparison(RecordEquality.EXACT).isEqualTo(event);
        assertThat(travelled.compileFeatures().features()).isEqualTo(7);
    }

    @Test
    void inputsAreFoundByNameNotByPlace() {
        InferencePlan chosen =
                PaymentPipeline.planOf(text -> text.replace("model: {", "inputs: [shop_severity, amount]\nmodel: {"));
        assertThat(chosen.inputSlots()).containsExactly(6, 0);
        assertThat(chosen.featureName(6)).isEqualTo("shop_severity");
    }

    @Test
    void carriedFieldsKeepTheirKindAndWhatIsMissingIsNull() {
        CarriedFields carried = plan.carried();
        assertThat(carried.names()).containsExactly("amount", "shop");
        assertThat(carried.values(PaymentRecords.event(plan, 0, PaymentRecords.payment(0, 0, 0, "c", "s", 4.5))))
                .containsExactly(4.5, "s");
        assertThat(carried.values(PaymentRecords.event(plan, 0, PaymentRecords.payment(0, 0, 0, "c", null, null))))
                .containsExactly(null, null);
    }

    @Test
    void otherClientPropertiesOrLimitsLeaveTheRestAsItWas() {
        InferencePlan elsewhere = plan.withKafka(Map.of("bootstrap.servers", "localhost:1"));
        assertThat(elsewhere.spec().kafka()).containsExactly(Map.entry("bootstrap.servers", "localhost:1"));
        assertThat(elsewhere.withKafka(plan.spec().kafka())).isEqualTo(plan);
        assertThat(plan.withLimits(OutputLimits.of(50_000)).withLimits(plan.limits()))
                .isEqualTo(plan);
    }

    @Test
    void nothingIsKnownOfAVectorAtFirst() {
        assertThat(plan.unknownValues()).hasSize(7).containsOnly(Double.NaN);
        assertThat(plan.unknownValues()).isNotSameAs(plan.unknownValues());
    }
}

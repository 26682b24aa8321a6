/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.control.MemoryControlLog;
import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.ModelEvent.Kind;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Canary and shadow: who is scored by whom, and what stays as it was. */
@Timeout(120)
class ArmsTest {

    private static final double SHARE = 0.1;
    private static final int SHOPS = 2_000;
    private static final long SEED = 20240501;

    @TempDir
    static Path home;

    private static InferencePlan plan;
    private static ModelVersion second;

    private final MemoryControlLog.Topic control = MemoryControlLog.create();

    @BeforeAll
    static void publish() {
        PipelineDocument document = PaymentPipeline.install(
                home,
                PaymentPipeline.ARRIVAL,
                text -> text.replace("name: payment-risk", "name: payment-risk, canary: { by: shop }"));
        List<String> inputs = FeatureContract.of(document).inputs();
        PaymentModel.dense(home.resolve("models"), inputs, null);
        second = PaymentModel.another(home.resolve("models"), "2", inputs);
        plan = InferencePlanner.plan(document);
    }

    @Test
    void aCanaryGetsItsShareOfTheKeysAndEachKeyAlwaysTheSameArm() throws Exception {
        Map<String, String> arms = new HashMap<>();
        try (ScoreTask task = started(Action.CANARY, SHARE)) {
            Random random = new Random(SEED);
            for (int offset = 0; offset < 3 * SHOPS; offset++) {
                String shop = "shop-" + offset % SHOPS;
                pay(task, offset, shop, random.nextDouble(100));
            }
            for (Prediction prediction : task.predictions()) {
                String shop = (String) prediction.carried()[1];
                assertThat(prediction.model().version())
                        .as("seed %d, %s", SEED, prediction.eventId())
                        .isEqualTo(prediction.arm().equals("canary") ? "2" : "1");
                assertThat(arms.merge(shop, prediction.arm(), (before, now) -> before.equals(now) ? now : "both"))
                        .as("seed %d, %s", SEED, shop)
                        .isEqualTo(prediction.arm());
            }
            assertThat(task.predictions()).hasSize(3 * SHOPS);
        }
        long canaries = arms.values().stream().filter("canary"::equals).count();
        double deviation = Math.sqrt(SHOPS * SHARE * (1 - SHARE));
        assertThat((double) canaries).isBetween(SHOPS * SHARE - 4 * deviation, SHOPS * SHARE + 4 * deviation);
    }

    @Test
    void keysLieEvenlyBetweenZeroAndOneSoThatALargerShareKeepsThoseThatTheCanaryHas() {
        int grown = 0;
        for (int i = 0; i < SHOPS; i++) {
            double position = Arms.position("shop-" + i);
            assertThat(position).isBetween(0.0, Math.nextDown(1.0));
            grown += position < 2 * SHARE ? 1 : 0;
        }
        double deviation = Math.sqrt(SHOPS * 2 * SHARE * (1 - 2 * SHARE));
        assertThat((double) grown).isBetween(SHOPS * 2 * SHARE - 4 * deviation, SHOPS * 2 * SHARE + 4 * deviation);
    }

    @Test
    void aShadowChangesNoByteOfWhatTheChampionSays() throws Exception {
        List<byte[]> alone = new ArrayList<>();
        try (ScoreTask task = new ScoreTask(plan)) {
            payments(task);
            alone.addAll(encoded(task));
        }
        try (ScoreTask task = started(Action.SHADOW, 0)) {
            payments(task);
            assertThat(encoded(task)).usingElementComparator(Arrays::compare).isEqualTo(alone);
            assertThat(task.shadows()).hasSize(200).allMatch(shadow -> shadow.endsWith(" by 2"));
            assertThat(task.shadows().get(7)).isEqualTo("p0-7 by 2");

            control.write(new ModelCommand("stop", Action.STOP, null, PaymentRecords.at(500), 0));
            task.untilTold(Kind.ACTIVE, "stop");
            pay(task, 5_000, "shop", 3.0);
            assertThat(task.shadows()).hasSize(200);
            assertThat(task.predictions()).hasSize(201);
        }
    }

    /** The values of what left, as they go onto the topic. */
    private static List<byte[]> encoded(ScoreTask task) {
        return task.predictions().stream()
                .map(prediction -> plan.predictionEncoder().encode(prediction).value())
                .toList();
    }

    private static void payments(ScoreTask task) throws Exception {
        Random random = new Random(SEED);
        for (int offset = 0; offset < 200; offset++) {
            pay(task, offset, "shop-" + random.nextInt(20), random.nextDouble(1_000));
        }
    }

    private static void pay(ScoreTask task, long offset, String shop, double amount) throws Exception {
        task.send(PaymentRecords.payment(0, offset, 10 + offset / 10.0, "c", shop, amount), true);
    }

    private ScoreTask started(Action action, double share) throws Exception {
        ScoreTask task = new ScoreTask(plan, control, null);
        control.write(new ModelCommand("start", action, second, PaymentRecords.at(0), share));
        task.untilTold(Kind.ACTIVE);
        return task;
    }
}

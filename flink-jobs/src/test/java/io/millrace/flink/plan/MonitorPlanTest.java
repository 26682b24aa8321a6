/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.model.store.LocalModelStore;
import io.millrace.monitor.part.PaneKey;
import io.millrace.monitor.part.PaneKind;
import io.millrace.monitor.window.MonitorPane;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineException;
import io.millrace.pipeline.record.MonitoringSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the planner says of monitors, labels and alerts that cannot be, and what becomes of one whose bundle is gone. */
class MonitorPlanTest {

    @TempDir
    Path directory;

    @Test
    void driftNeedsAProfile() {
        PipelineDocument document = document("monitor: { drift: {} }", "");
        PaymentModel.dense(store(), FeatureContract.of(document).inputs(), null);
        assertThat(problems(document))
                .containsExactly(
                        "monitor.drift: model 'payment-risk' 1 has no monitoring profile (reference.json) to compare with."
                                + " Train it again, which makes one, or remove the key.");
    }

    @Test
    void aProfileThatCannotBeReadIsAProblemOfThePlan() {
        PipelineDocument document = document("monitor: { drift: {} }", "");
        LocalModelStore models = new LocalModelStore(store());
        models.publish(PaymentModel.draft("1", FeatureContract.of(document).inputs())
                .withReference("{\"features\":3}".getBytes(StandardCharsets.UTF_8)));
        models.alias(PaymentModel.NAME, PaymentModel.CHAMPION, "1");
        assertThat(problems(document))
                .containsExactly(
                        "monitor.drift: model 'payment-risk' 1: reference.json: features: expected a list of columns, found"
                                + " number. Make the bundle again with its reference rows.");
    }

    @Test
    void fieldsAndMetricsThatAreNotThereAreNamedWithThoseThatWereMeant() {
        PipelineDocument document = document("monitor: { segments: [shpo], performance: {} }", """
                labels: { stream: reports, join: shopp, field: severety, horizon: 1h }
                alerts: [{ when: recal < 0.5 }, { when: psi > 0.2 }, { when: recall =< 1 }]
                """);
        PaymentModel.dense(store(), FeatureContract.of(document).inputs(), null);
        assertThat(problems(document))
                .containsExactly(
                        "monitor.segments: stream 'payments' has no field 'shpo'. Did you mean 'shop'?",
                        "labels.join: stream 'payments' has no field 'shopp'. Did you mean 'shop'?",
                        "labels.join: stream 'reports' has no field 'shopp'. Did you mean 'shop'?",
                        "labels.field: stream 'reports' has no field 'severety'. Did you mean 'severity'?",
                        "alerts[0].when: column 1: no metric 'recal'. Did you mean 'recall'?",
                        "alerts[1].when: column 1: no metric 'psi'.",
                        "alerts[2].when: column 8: '=<' does not compare. Write >, >=, <, <= or 'is', as in psi > 0.2");
    }

    @Test
    void aLabelIsNoText() {
        PipelineDocument document = document(
                "monitor: { performance: {} }", "labels: { stream: reports, join: shop, field: shop, horizon: 1h }\n");
        PaymentModel.dense(store(), FeatureContract.of(document).inputs(), null);
        assertThat(problems(document))
                .containsExactly(
                        "labels.field: field 'shop' of stream 'reports' is text. A label is true or false, or a"
                                + " number.");
    }

    @Test
    void aVersionWhoseBundleIsGoneIsWatchedWithoutItsProfile() throws IOException {
        PipelineDocument document = document("monitor: { drift: {} }", "");
        PaymentModel.profiled(store(), FeatureContract.of(document).inputs(), null);
        InferencePlan plan = InferencePlanner.plan(document);
        PaneKey key = new PaneKey(PaneKind.TRAFFIC, 0, plan.model(), PaneKey.ALL);
        assertThat(metrics(plan, key)).contains("rows").doesNotContain("profile_unavailable");
        Files.move(store().resolve("payment-risk/1"), directory.resolve("elsewhere"));
        assertThat(metrics(plan, key)).contains("predictions", "profile_unavailable");
    }

    private static List<String> metrics(InferencePlan plan, PaneKey key) {
        MonitorPane pane = plan.monitor(plan.model()).newPane(key);
        return plan.monitor(plan.model()).signals(pane, null, false).stream()
                .map(MonitoringSignal::metric)
                .toList();
    }

    private PipelineDocument document(String monitor, String more) {
        return PaymentPipeline.install(
                directory,
                PaymentPipeline.ARRIVAL,
                text -> text.replace("monitor: { window: 1m, latency: true }", monitor) + more);
    }

    private static List<String> problems(PipelineDocument document) {
        PipelineException refused =
                catchThrowableOfType(PipelineException.class, () -> InferencePlanner.plan(document));
        return refused.lines().stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private Path store() {
        return directory.resolve("models");
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.ModelException;
import io.millrace.model.explain.Contributions;
import io.millrace.model.explain.Explainer;
import io.millrace.monitor.exact.StableHash;
import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.record.Prediction;
import io.millrace.pipeline.spec.ExplainSpec;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** The one thread of a subtask that explains, so that scoring never does. */
final class ExplanationWorker {

    /** Where what was found goes, on the worker's thread. */
    interface Listener {
        void found(Pending pending);

        void failed(Throwable cause);
    }

    private final ExplainSpec spec;
    private final InferencePlan plan;
    private final Listener listener;
    private final LinkedBlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch prepared = new CountDownLatch(1);
    private final Thread thread;

    ExplanationWorker(InferencePlan plan, String name, Listener listener) {
        this.plan = plan;
        this.spec = Objects.requireNonNull(plan.spec().explain());
        this.listener = listener;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the plan's own version can be explained: nobody's budget pays for that. */
    void awaitPrepared() throws InterruptedException {
        prepared.await();
    }

    void submit(Pending pending) {
        waiting.add(pending);
    }

    private void work() {
        try (ExplainerShelf shelf = new ExplainerShelf(plan)) {
            prepare(shelf, plan.model());
            while (true) {
                Pending next = waiting.take();
                next.explain(explanation(shelf, next));
                listener.found(next);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Throwable broken) {
            listener.failed(broken);
        } finally {
            prepared.countDown();
        }
    }

    private void prepare(ExplainerShelf shelf, ModelVersion version) {
        try {
            shelf.get(version);
        } catch (ModelException refused) {
            // said with each prediction that it cannot explain
        } finally {
            prepared.countDown();
        }
    }

    private Explanation explanation(ExplainerShelf shelf, Pending pending) {
        if (pending.isOver(System.nanoTime())) {
            return skipped(Explanation.BUDGET);
        }
        Prediction prediction = pending.prediction();
        try {
            Explainer explainer = shelf.get(prediction.model());
            Contributions found = explainer.explain(
                    pending.inputs, StableHash.of(prediction.eventId()), () -> pending.isOver(System.nanoTime()));
            return found == null
                    ? skipped(Explanation.BUDGET)
                    : Explainer.told(
                            found, spec.method(), pending.inputs, plan.spec().inputs(), spec.top());
        } catch (RuntimeException failed) {
            return skipped(String.valueOf(failed.getMessage()));
        }
    }

    private Explanation skipped(String why) {
        return Explanation.skipped(spec.method().word(), why);
    }

    /** Ends what is being explained, and closes the explainers. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}

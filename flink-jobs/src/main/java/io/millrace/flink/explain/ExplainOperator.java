/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.explain;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.score.ScoringRule;
import io.millrace.pipeline.record.Explanation;
import io.millrace.pipeline.record.Scored;
import io.millrace.pipeline.spec.ExplainSpec;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Sends some predictions by way of the worker. One that is to be explained waits at most the budget, then it goes without; one that is
 * not waits only where it would overtake its own key. None waits over a checkpoint barrier, so nothing is state. Watermarks overtake:
 * what comes after is a sink.
 */
final class ExplainOperator extends AbstractStreamOperator<Scored>
        implements OneInputStreamOperator<Scored, Scored>, ExplanationWorker.Listener {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final ExplainSpec spec;
    private final transient MailboxExecutor mailbox;

    private transient ScoringRule when;
    private transient OrderKey orderKey;
    private transient int[] inputSlots;
    private transient DepartureLines lines;
    private transient ArrayDeque<Pending> pending;
    private transient LinkedBlockingQueue<Pending> found;
    private transient ExplanationWorker worker;
    private transient StreamRecord<Scored> element;
    private transient boolean timed;
    private transient Counter explained;
    private transient Counter skipped;

    ExplainOperator(StreamOperatorParameters<Scored> parameters, InferencePlan plan, MailboxExecutor mailbox) {
        super(parameters);
        this.plan = plan;
        this.spec = Objects.requireNonNull(plan.spec().explain());
        this.mailbox = mailbox;
    }

    @Override
    public void open() throws Exception {
        super.open();
        when = plan.explained();
        orderKey = new OrderKey(plan);
        inputSlots = plan.inputSlots();
        element = new StreamRecord<>(null);
        lines = new DepartureLines(scored -> output.collect(element.replace(scored)));
        pending = new ArrayDeque<>();
        found = new LinkedBlockingQueue<>();
        var group = getMetricGroup().addGroup("millrace").addGroup("explain");
        explained = group.counter("explanations_total");
        skipped = group.counter("explanations_skipped_total");
        group.gauge("explanations_waiting", pending::size);
        worker = new ExplanationWorker(
                plan, "explain-" + getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(), this);
        worker.awaitPrepared();
    }

    @Override
    public void processElement(StreamRecord<Scored> record) {
        Scored scored = record.getValue();
        if (Boolean.TRUE.equals(when.decide(scored.prediction().score()))) {
            explain(scored);
        } else {
            lines.leave(pending.isEmpty() ? null : orderKey.of(scored.vector().event()), scored);
        }
    }

    private void explain(Scored scored) {
        double[] inputs = new double[inputSlots.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = scored.vector().values()[inputSlots[i]];
        }
        long deadline = System.nanoTime() + spec.budget().toNanos();
        DepartureLines.Place place = lines.keep(orderKey.of(scored.vector().event()));
        Pending waiting = new Pending(scored, inputs, deadline, place);
        pending.add(waiting);
        worker.submit(waiting);
        watch();
    }

    /** On the worker's thread. */
    @Override
    public void found(Pending ready) {
        found.add(ready);
        execute(this::takeFound);
    }

    /** On the worker's thread. */
    @Override
    public void failed(Throwable cause) {
        execute(() -> {
            throw new IllegalStateException("explanations ended", cause);
        });
    }

    private void execute(ThrowingRunnable<Exception> mail) {
        try {
            mailbox.execute(mail, "explanation");
        } catch (RejectedExecutionException ended) {
            // the task is ending: before its last barrier it took what there was
        }
    }

    private void takeFound() {
        for (Pending ready = found.poll(); ready != null; ready = found.poll()) {
            leave(ready, Objects.requireNonNull(ready.explanation()));
        }
    }

    private void leave(Pending ready, Explanation explanation) {
        if (ready.hasLeft()) {
            return;
        }
        (explanation.skipped() == null ? explained : skipped).inc();
        lines.leave(ready.place, ready.leave(explanation));
        while (!pending.isEmpty() && pending.peek().hasLeft()) {
            pending.remove();
        }
    }

    /** The budget is the same for all, so the first to come is the first to run out of time. */
    private void watch() {
        if (timed || pending.isEmpty()) {
            return;
        }
        timed = true;
        long left = pending.element().deadlineNanos - System.nanoTime();
        var clock = getProcessingTimeService();
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left + 999_999));
        var unused = clock.registerTimer(clock.getCurrentProcessingTime() + millis, timestamp -> {
            timed = false;
            takeFound();
            letGo();
            watch();
        });
    }

    /** Those whose time is over go without. */
    private void letGo() {
        long now = System.nanoTime();
        while (!pending.isEmpty() && pending.element().isOver(now)) {
            leave(pending.element(), Explanation.skipped(spec.method().word(), Explanation.BUDGET));
        }
    }

    /** Waits at most the budget. */
    private void letAllLeave() throws InterruptedException {
        takeFound();
        letGo();
        while (!pending.isEmpty()) {
            Pending ready = found.poll(pending.element().deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (ready != null) {
                leave(ready, Objects.requireNonNull(ready.explanation()));
            }
            letGo();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        letAllLeave();
    }

    @Override
    public void finish() throws Exception {
        letAllLeave();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (worker != null) {
            worker.stop();
        }
        super.close();
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.rollout;

import io.millrace.flink.control.ControlLog;
import io.millrace.model.rollout.Decision;
import io.millrace.model.rollout.Ledger;
import io.millrace.model.rollout.ModelNames;
import io.millrace.pipeline.control.ControlEntry;
import io.millrace.pipeline.control.ModelCommand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes commands to a pipeline's control topic, and reads from it what becomes of them, as every subtask does. */
public final class ControlDesk implements AutoCloseable {

    private final ControlLog log;
    private final Ledger ledger;
    private @Nullable Decision decision;

    /**
     * @param names the pipeline's models
     */
    public ControlDesk(ControlLog log, ModelNames names) {
        this.log = log;
        this.ledger = new Ledger(names);
    }

    /** Asks the job, and waits for the decision; null when there was none before the limit: the job may still decide. */
    public @Nullable Decision execute(ModelCommand command, Duration limit) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        decision = null;
        log.readThrough(log.append(command), (position, entry, fault) -> take(entry, command));
        while (decision == null && System.nanoTime() < deadline) {
            log.readOn((position, entry, fault) -> take(entry, command));
        }
        return decision;
    }

    /** Writes a command, and returns when it will not be lost. */
    public void ask(ModelCommand command) throws Exception {
        log.append(command);
    }

    /** What holds when, as far as was read. */
    public Ledger ledger() {
        return ledger;
    }

    private void take(@Nullable ControlEntry entry, ModelCommand command) {
        if (entry == null) {
            return;
        }
        for (Decision made : ledger.apply(entry)) {
            if (made.command().id().equals(command.id())) {
                decision = made;
            }
        }
    }

    @Override
    public void close() {
        log.close();
    }
}

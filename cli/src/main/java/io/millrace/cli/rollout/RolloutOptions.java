/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.rollout;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.flink.control.KafkaControlLog;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.model.rollout.Decision;
import io.millrace.model.rollout.Ledger;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.control.ModelCommand;
import io.millrace.pipeline.control.ModelCommand.Action;
import io.millrace.pipeline.control.Preparation;
import io.millrace.pipeline.control.Regime;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.pipeline.spec.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands of a rollout have in common: the pipeline, the fence, how long to wait, and how to say what came of it. */
final class RolloutOptions {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final PipelineArgument pipeline = new PipelineArgument();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The event time from which it holds, such as 2024-05-01T12:00:00Z. Default: the job picks one"
                    + " just ahead.")
    private @Nullable String at;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for the job's decision (default: 60). 0: ask and go.")
    private int waitSeconds = 60;

    @Option(
            names = "--for",
            paramLabel = "VALUE",
            description = "Change the model of one value of the field in model.by.")
    private @Nullable String value;

    InferencePlan plan() {
        InferencePlan plan = pipeline.plan();
        if (value != null && plan.spec().model().by() == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--for: no field chooses among models in this pipeline. Leave it out, or name a field in model.by.");
        }
        return plan;
    }

    /** The name of the model that is to change. */
    private String model(InferencePlan plan) {
        return plan.modelNames().of(value == null ? Ledger.OWN : value);
    }

    FileModelStore store(InferencePlan plan) {
        return plan.store().open();
    }

    /** The version of the pipeline's model that an operator names. */
    ModelVersion version(InferencePlan plan, String aliasOrVersion) {
        ModelVersion version = store(plan).resolve(model(plan), aliasOrVersion);
        store(plan).open(version);
        return version;
    }

    /** Asks the job; says what it decided; returns the champion that holds from then on, or null when nothing changed. */
    Outcome execute(InferencePlan plan, Action action, @Nullable ModelVersion version, double share) throws Exception {
        ModelCommand command =
                new ModelCommand(UUID.randomUUID().toString(), action, version, fence(), share, model(plan));
        String user = plan.spec().name() + "-operator";
        try (ControlDesk desk = new ControlDesk(KafkaControlLog.of(plan.spec()).open(user), plan.modelNames())) {
            if (waitSeconds == 0) {
                desk.ask(command);
                return say(command, null);
            }
            return say(command, desk.execute(command, Duration.ofSeconds(waitSeconds)));
        }
    }

    /** The alias that the pipeline names; {@code champion} where it names an exact version. */
    String alias(InferencePlan plan) {
        String use = plan.spec().model().use();
        return store(plan).aliases(model(plan)).containsKey(use) ? use : ModelSpec.DEFAULT_USE;
    }

    /** Points the pipeline's alias at the champion that holds now; where the pipeline names an exact version, there is none. */
    int follow(InferencePlan plan, Outcome outcome) {
        String alias = alias(plan);
        ModelVersion champion = outcome.champion();
        FileModelStore store = store(plan);
        boolean newcomer = champion != null && store.aliases(champion.name()).isEmpty();
        if (champion != null && (newcomer || store.aliases(champion.name()).containsKey(alias))) {
            store.alias(champion.name(), alias, champion.version());
        }
        return outcome.exitCode();
    }

    /**
     * What came of a command.
     *
     * @param exitCode of the process
     * @param champion the champion that holds now; null when nothing changed, or nobody knows yet
     */
    record Outcome(int exitCode, @Nullable ModelVersion champion) {}

    private Outcome say(ModelCommand command, @Nullable Decision decision) {
        Preparation preparation = decision == null ? null : decision.preparation();
        Preparation active = decision != null && decision.outcome() == Decision.Outcome.ACTIVE ? preparation : null;
        String outcome = decision == null ? "ASKED" : decision.outcome().name();
        if (output.json()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("command_id", command.id());
            object.put("action", command.action().name());
            object.put("outcome", outcome);
            object.put(
                    "fence",
                    preparation == null
                            ? null
                            : Instant.ofEpochMilli(preparation.fenceMillis()).toString());
            object.put("reason", decision == null ? "" : decision.reason());
            output.printJson(object);
        } else if (decision == null) {
            output.say(
                    waitSeconds == 0
                            ? "asked, as command " + command.id()
                            : "no decision within " + waitSeconds
                                    + " s. Is the job running? It still may carry out command " + command.id() + ".");
        } else if (active != null) {
            output.say(command.action() + ": active for events from "
                    + Instant.ofEpochMilli(active.fenceMillis()) + " on, champion "
                    + words(active.regime()));
        } else {
            output.say(command.action() + ": " + outcome + ", nothing changed: " + decision.reason());
        }
        if (active != null) {
            return new Outcome(ExitCode.DONE, active.regime().champion());
        }
        return new Outcome(decision == null && waitSeconds == 0 ? ExitCode.DONE : ExitCode.FAILED, null);
    }

    private static String words(Regime regime) {
        String canary = regime.canary() == null
                ? ""
                : ", canary " + regime.canary().version() + " with a share of " + regime.share();
        String shadow =
                regime.shadow() == null ? "" : ", shadow " + regime.shadow().version();
        return regime.champion().version() + canary + shadow;
    }

    private @Nullable Long fence() {
        if (at == null) {
            return null;
        }
        try {
            return Instant.parse(at).toEpochMilli();
        } catch (DateTimeParseException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE, "--at: '" + at + "' is no time. Write it as 2024-05-01T12:00:00Z.", unreadable);
        }
    }
}

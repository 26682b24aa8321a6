/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.cli.PipelineArgument;
import io.millrace.flink.plan.FeatureContract;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Task;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.record.ModelVersion;
import io.millrace.train.foreign.ModelImport;
import io.millrace.train.foreign.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace model import}: a model made elsewhere becomes a bundle. */
@Command(
        name = "import",
        description =
                "Make a bundle of a model that Keras 2 or DL4J saved, or of one in ONNX. The file is opened in a process of its own;"
                        + " docs/models.md says what is supported.")
public final class ImportCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @ArgGroup(multiplicity = "1")
    private final Source source = new Source();

    @Option(
            names = "--pipeline",
            required = true,
            paramLabel = "FILE",
            description =
                    "The pipeline that will use it: its inputs name the network's inputs, and its model section says"
                            + " name and store.")
    private Path pipeline = Path.of("");

    @Option(names = "--version", required = true, paramLabel = "V", description = "The version it becomes. Immutable.")
    private String version = "";

    @Option(names = "--alias", paramLabel = "ALIAS", description = "Point this alias at it, such as champion.")
    private @Nullable String alias;

    @Option(
            names = "--cases",
            paramLabel = "IN.npy,OUT.npy",
            split = ",",
            description = "Cases of the origin framework: at least 32 rows of inputs, and its outputs.")
    private List<Path> cases = List.of();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "What it answers: binary, multiclass, regression or ranking (default: read off the last activation).")
    private @Nullable Task task;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Names of the classes, or of the items that it ranks: one a line, in the order of the outputs.")
    private @Nullable Path labels;

    @Option(
            names = "--threshold",
            defaultValue = "0.5",
            description = "From which score on a binary model's answer is positive (default: 0.5).")
    private double threshold;

    @Override
    public Integer call() {
        if (!cases.isEmpty() && cases.size() != 2) {
            throw new CommandException(ExitCode.USAGE, "--cases takes two files: IN.npy,OUT.npy");
        }
        FeatureContract contract = PipelineArgument.contract(pipeline);
        FileModelStore store = contract.store().open();
        BundleDraft draft = ModelImport.run(new ModelImport.Request(
                source.origin(),
                source.file(),
                contract.model(),
                version,
                contract.inputs(),
                contract.digest(),
                task,
                labels == null ? List.of() : names(labels),
                threshold,
                cases));
        ModelVersion imported = store.publish(draft);
        if (alias != null) {
            store.alias(imported.name(), alias, imported.version());
        }
        report(contract, imported);
        return ExitCode.DONE;
    }

    private static List<String> names(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException unreadable) {
            throw new CommandException(
                    ExitCode.FAILED, "--labels " + file + ": is no readable text of UTF-8. Give one name a line.");
        }
    }

    private void report(FeatureContract contract, ModelVersion imported) {
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", imported.name());
            result.put("version", imported.version());
            result.put("digest", imported.digest());
            output.printJson(result);
        } else {
            output.say("imported " + imported.name() + ' ' + imported.version() + (alias == null ? "" : " as " + alias)
                    + " into " + contract.store().uri() + ", sha256 " + imported.digest());
            if (cases.isEmpty()) {
                output.say(
                        "golden cases: self. They prove that it keeps doing what it does, not that the import is right:"
                                + " give --cases.");
            }
        }
    }

    /** The one file to import. */
    private static final class Source {

        @Option(names = "--keras", paramLabel = "FILE.h5", description = "A Keras 2 model.")
        private @Nullable Path keras;

        @Option(names = "--dl4j", paramLabel = "FILE.zip", description = "A network that DL4J's ModelSerializer wrote.")
        private @Nullable Path dl4j;

        @Option(names = "--onnx", paramLabel = "FILE.onnx", description = "A dense network in ONNX.")
        private @Nullable Path onnx;

        Origin origin() {
            if (onnx != null) {
                return Origin.ONNX;
            }
            return keras != null ? Origin.KERAS : Origin.DL4J;
        }

        Path file() {
            Path jvm = keras != null ? keras : dl4j;
            return Objects.requireNonNull(onnx != null ? onnx : jvm, "one of a group");
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.bundle.Task;
import io.millrace.model.format.BundleReader;
import io.millrace.train.process.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bundle draft of a model that another framework saved. The file is opened, and its cases are put to the network,
 * in a child process; what comes back is a bundle, which the safe reader examines like any other.
 */
public final class ModelImport {

    private static final int FIRST_BYTES = 8;
    private static final int HEAP_MEGABYTES = 2_048;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private ModelImport() {}

    /**
     * What to import.
     *
     * @param inputs names of the network's inputs, in order
     * @param featureDigest digest of what computes the inputs; null: bound to no pipeline
     * @param task null: read off the network's last activation
     * @param labels names of the outputs, in order; empty: they have none
     * @param threshold NaN: the model does not decide
     * @param cases two {@code .npy} files of the origin framework, inputs and outputs; empty: none
     */
    public record Request(
            Origin origin,
            Path file,
            String name,
            String version,
            List<String> inputs,
            @Nullable String featureDigest,
            @Nullable Task task,
            List<String> labels,
            double threshold,
            List<Path> cases) {

        public Request {
            inputs = List.copyOf(inputs);
            labels = List.copyOf(labels);
            cases = List.copyOf(cases);
            if (!cases.isEmpty() && cases.size() != 2) {
                throw new IllegalArgumentException("cases are two files, inputs and outputs, not " + cases.size());
            }
        }
    }

    /** Imports; every refusal is a {@link ModelException}. */
    public static BundleDraft run(Request request) {
        if (!Files.isReadable(request.file())) {
            throw new ModelException(ModelException.Code.IO, request.file() + ": cannot be read. Check the name.");
        }
        try {
            refuseOtherFormats(request);
            Path results = Files.createTempDirectory("millrace-import-");
            try {
                importInChild(request, results);
                return draft(request, new BundleReader().read(results.resolve(ImportProcess.BUNDLE)));
            } finally {
                delete(results);
            }
        } catch (IOException failed) {
            throw new ModelException(ModelException.Code.IO, request.file() + ": " + failed.getMessage(), failed);
        }
    }

    private static void refuseOtherFormats(Request request) throws IOException {
        try (InputStream in = Files.newInputStream(request.file())) {
            if (!request.origin().starts(in.readNBytes(FIRST_BYTES))) {
                throw new ModelException(
                        ModelException.Code.UNSUPPORTED,
                        request.file() + ": is no " + request.origin().kind() + ". Give "
                                + request.origin().wanted() + ".");
            }
        }
    }

    private static void importInChild(Request request, Path results) {
        ChildJvm.Outcome outcome =
                ChildJvm.run(ImportProcess.class, arguments(request, results), HEAP_MEGABYTES, LIMIT);
        if (outcome.done()) {
            return;
        }
        String words = outcome.lastWords();
        int refusal = words.lastIndexOf(ImportProcess.REFUSED);
        if (outcome.exitCode() == ImportProcess.REFUSED_EXIT && refusal >= 0) {
            throw refusal(request.file(), words.substring(refusal + ImportProcess.REFUSED.length()));
        }
        throw new ModelException(
                ModelException.Code.FRAMEWORK,
                request.file() + ": the import " + outcome.words() + ". Give "
                        + request.origin().wanted() + "."
                        + (words.isEmpty() ? "" : " The last words:\n" + words));
    }

    private static List<String> arguments(Request request, Path results) {
        List<String> arguments = new ArrayList<>(List.of(
                request.origin().name(),
                request.file().toAbsolutePath().toString(),
                results.toString(),
                request.name(),
                request.version()));
        request.cases().forEach(file -> arguments.add(file.toAbsolutePath().toString()));
        return arguments;
    }

    private static ModelException refusal(Path file, String words) {
        int end = words.indexOf(' ');
        return new ModelException(
                ModelException.Code.valueOf(words.substring(0, end)), file + ": " + words.substring(end + 1));
    }

    private static BundleDraft draft(Request request, Bundle imported) {
        Description found = imported.description();
        if (found.inputs().size() != request.inputs().size()) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    request.file() + ": the network has " + found.inputs().size() + " inputs, and "
                            + request.inputs().size() + " names were given. Give one name per input, in order.");
        }
        return new BundleDraft(
                description(request, found),
                imported.preprocessing(),
                imported.network().configuration(),
                imported.network().weights(),
                imported.golden(),
                card(request, imported));
    }

    private static Description description(Request request, Description found) {
        Task task = request.task() == null ? found.task() : request.task();
        try {
            return new Description(
                    request.name(),
                    request.version(),
                    task,
                    named(found.layout(), request.inputs()),
                    found.outputs(),
                    request.labels(),
                    request.featureDigest(),
                    task == Task.BINARY ? request.threshold() : Double.NaN,
                    null,
                    found.metrics(),
                    found.seeds());
        } catch (IllegalArgumentException unfit) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    request.file() + ": " + unfit.getMessage() + ". Give another --task, or the names that it needs.",
                    unfit);
        }
    }

    /** The layout with these names for its flat values, in order. */
    private static InputLayout named(InputLayout layout, List<String> names) {
        List<NetworkInput> inputs = new ArrayList<>();
        int from = 0;
        for (NetworkInput input : layout.inputs()) {
            int to = from + input.shape().values();
            inputs.add(new NetworkInput(
                    input.name(), input.shape(), SequenceNames.of(input.shape(), names.subList(from, to))));
            from = to;
        }
        return new InputLayout(inputs);
    }

    private static String card(Request request, Bundle imported) {
        boolean self = imported.golden().origin() == GoldenCases.Origin.SELF;
        return "# " + request.name() + ' ' + request.version() + "\n\nImported from the "
                + request.origin().framework() + " file `" + request.file().getFileName() + "`: "
                + imported.inputs().size() + " inputs, "
                + imported.description().outputs() + " outputs, " + imported.card()
                + ".\nGolden cases: " + (self ? "the imported network's own" : "from the origin framework") + ".\n";
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(each);
            }
        }
    }
}

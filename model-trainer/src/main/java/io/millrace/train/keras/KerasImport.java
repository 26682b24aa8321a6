/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.BundleDraft;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.GoldenCases;
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.bundle.Task;
import io.millrace.train.process.ChildJvm;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bundle draft of a sequential Keras 2 model of dense layers. The file is opened in a child process; what comes
 * back is numbers and a configuration, which the store examines before it takes them.
 */
public final class KerasImport {

    private static final byte[] HDF5_SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int HEAP_MEGABYTES = 2_048;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private KerasImport() {}

    /**
     * What to import.
     *
     * @param inputs names of the network's inputs, in order
     * @param featureDigest digest of what computes the inputs; null: bound to no pipeline
     * @param threshold NaN: the model does not decide
     * @param cases two {@code .npy} files of the origin framework, inputs and outputs; empty: none
     */
    public record Request(
            Path file,
            String name,
            String version,
            List<String> inputs,
            @Nullable String featureDigest,
            double threshold,
            List<Path> cases) {

        public Request {
            inputs = List.copyOf(inputs);
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
            refuseOtherFormats(request.file());
            Path results = Files.createTempDirectory("millrace-import-");
            try {
                importInChild(request.file(), results);
                return draft(request, results);
            } finally {
                Files.deleteIfExists(results.resolve(KerasImportProcess.CONFIGURATION));
                Files.deleteIfExists(results.resolve(KerasImportProcess.WEIGHTS));
                Files.deleteIfExists(results);
            }
        } catch (IOException failed) {
            throw new ModelException(ModelException.Code.IO, request.file() + ": " + failed.getMessage(), failed);
        }
    }

    private static void refuseOtherFormats(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(HDF5_SIGNATURE.length), HDF5_SIGNATURE)) {
                throw new ModelException(
                        ModelException.Code.UNSUPPORTED,
                        file + ": is no HDF5 file. Give a Keras 2 sequential model saved as .h5.");
            }
        }
    }

    private static void importInChild(Path file, Path results) {
        ChildJvm.Outcome outcome = ChildJvm.run(
                KerasImportProcess.class,
                List.of(file.toAbsolutePath().toString(), results.toString()),
                HEAP_MEGABYTES,
                LIMIT);
        if (outcome.done()) {
            return;
        }
        String words = outcome.lastWords();
        int refusal = words.lastIndexOf(KerasImportProcess.REFUSED);
        if (outcome.exitCode() == KerasImportProcess.REFUSED_EXIT && refusal >= 0) {
            throw new ModelException(
                    ModelException.Code.UNSUPPORTED,
                    file + ": " + words.substring(refusal + KerasImportProcess.REFUSED.length()));
        }
        throw new ModelException(
                ModelException.Code.FRAMEWORK,
                file + ": the import " + outcome.words() + ". Give a Keras 2 sequential model saved as .h5."
                        + (words.isEmpty() ? "" : " The last words:\n" + words));
    }

    private static BundleDraft draft(Request request, Path results) throws IOException {
        String configuration = Files.readString(results.resolve(KerasImportProcess.CONFIGURATION));
        float[] weights = weights(results.resolve(KerasImportProcess.WEIGHTS));
        Shape shape = Shape.of(configuration);
        if (shape.inputs() != request.inputs().size()) {
            throw new ModelException(
                    ModelException.Code.CONTENT,
                    request.file() + ": the network has " + shape.inputs() + " inputs, and "
                            + request.inputs().size() + " names were given. Give one name per input, in order.");
        }
        GoldenCases golden = golden(request, shape);
        double[] means = new double[request.inputs().size()];
        Arrays.fill(means, Double.NaN);
        Description description = new Description(
                request.name(),
                request.version(),
                shape.task(),
                request.inputs(),
                shape.outputs(),
                List.of(),
                request.featureDigest(),
                shape.task() == Task.BINARY ? request.threshold() : Double.NaN,
                null,
                Map.of(),
                Map.of());
        return new BundleDraft(
                description,
                new Preprocessing(means, new Normalizer.None()),
                configuration,
                weights,
                golden,
                card(request, shape));
    }

    private static float[] weights(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            float[] weights = new float[in.readInt()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = in.readFloat();
            }
            return weights;
        }
    }

    private static @Nullable GoldenCases golden(Request request, Shape shape) {
        if (request.cases().isEmpty()) {
            return null;
        }
        List<double[]> inputs = NpyFile.rows(request.cases().get(0));
        List<double[]> outputs = NpyFile.rows(request.cases().get(1));
        if (inputs.get(0).length != shape.inputs() || outputs.get(0).length != shape.outputs()) {
            throw new ModelException(
                    ModelException.Code.GOLDEN,
                    "cases: a row has " + inputs.get(0).length + " inputs and " + outputs.get(0).length
                            + " outputs, the network " + shape.inputs() + " and " + shape.outputs()
                            + ". Give the cases of this network.");
        }
        try {
            return new GoldenCases(GoldenCases.Origin.FRAMEWORK, inputs, outputs);
        } catch (IllegalArgumentException unfit) {
            throw new ModelException(ModelException.Code.GOLDEN, "cases: " + unfit.getMessage() + ".");
        }
    }

    private static String card(Request request, Shape shape) {
        return "# " + request.name() + ' ' + request.version() + "\n\nImported from the Keras file `"
                + request.file().getFileName() + "`: " + shape.inputs() + " inputs, " + shape.outputs()
                + " outputs, dense layers.\nGolden cases: "
                + (request.cases().isEmpty() ? "the imported network's own" : "from the origin framework") + ".\n";
    }
}

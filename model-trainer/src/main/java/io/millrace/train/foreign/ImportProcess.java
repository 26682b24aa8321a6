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
import io.millrace.model.bundle.Normalizer;
import io.millrace.model.bundle.Preprocessing;
import io.millrace.model.format.BundleWriter;
import io.millrace.model.score.Scorers;
import io.millrace.model.score.SelfExam;
import io.millrace.train.network.ImportedNetwork;
import io.millrace.train.network.RefusedModelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The child process: opens a foreign file, makes a bundle of it, and puts the network to its cases. The bundle's inputs
 * have no names yet, and its card is what the network is made of.
 */
final class ImportProcess {

    static final String BUNDLE = "bundle";
    static final String REFUSED = "refused: ";

    /** The exit code of a process that refused the model; one that failed has another. */
    static final int REFUSED_EXIT = 10;

    private static final int CASES = 5;

    private ImportProcess() {}

    /** Arguments: origin, file, directory for the bundle, name, version, and two files of cases or none. */
    public static void main(String[] arguments) throws Exception {
        try {
            ImportedNetwork network = Origin.valueOf(arguments[0]).read(Path.of(arguments[1]));
            BundleDraft draft = draft(network, arguments);
            examine(network, draft, Path.of(arguments[2]));
            Bundle bundle = BundleWriter.write(Path.of(arguments[2]).resolve(BUNDLE), draft);
            Scorers.open(bundle, 1).close();
        } catch (RefusedModelException refused) {
            refuse(refused.code(), refused);
        } catch (ModelException refused) {
            refuse(refused.code(), refused);
        }
    }

    private static void refuse(ModelException.Code code, Exception refused) {
        System.out.println(REFUSED + code + ' ' + refused.getMessage());
        System.exit(REFUSED_EXIT);
    }

    private static BundleDraft draft(ImportedNetwork network, String[] arguments) {
        double[] means = new double[network.layout().width()];
        Arrays.fill(means, Double.NaN);
        BundleDraft draft = new BundleDraft(
                description(network, arguments[3], arguments[4]),
                new Preprocessing(means, new Normalizer.None()),
                network.configuration(),
                network.weights(),
                null,
                network.words());
        if (arguments.length == CASES && network.reference() != null) {
            return draft.withGolden(network.reference());
        }
        return arguments.length == CASES
                ? SelfExam.complete(draft)
                : draft.withGolden(cases(network, Path.of(arguments[CASES]), Path.of(arguments[CASES + 1])));
    }

    /** Where the origin framework could be asked, it has to agree, whatever cases the user brings. */
    private static void examine(ImportedNetwork network, BundleDraft draft, Path directory) {
        GoldenCases reference = network.reference();
        if (reference != null && !reference.equals(draft.golden())) {
            Bundle bundle = BundleWriter.write(directory.resolve("reference"), draft.withGolden(reference));
            Scorers.open(bundle, 1).close();
        }
    }

    private static Description description(ImportedNetwork network, String name, String version) {
        return new Description(
                name,
                version,
                network.task(),
                network.layout(),
                network.outputs(),
                List.of(),
                null,
                Double.NaN,
                null,
                Map.of(),
                Map.of());
    }

    private static GoldenCases cases(ImportedNetwork network, Path in, Path out) {
        List<double[]> inputs = NpyFile.rows(in);
        List<double[]> outputs = NpyFile.rows(out);
        int width = network.layout().width();
        if (inputs.get(0).length != width || outputs.get(0).length != network.outputs()) {
            throw new RefusedModelException(
                    ModelException.Code.GOLDEN,
                    "cases: a row has " + inputs.get(0).length + " inputs and " + outputs.get(0).length
                            + " outputs, the network " + width + " and " + network.outputs()
                            + ". Give the cases of this network.");
        }
        try {
            return new GoldenCases(GoldenCases.Origin.FRAMEWORK, inputs, outputs);
        } catch (IllegalArgumentException unfit) {
            throw new RefusedModelException(ModelException.Code.GOLDEN, "cases: " + unfit.getMessage() + ".");
        }
    }
}

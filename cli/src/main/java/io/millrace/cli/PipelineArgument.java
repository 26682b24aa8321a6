/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import io.millrace.flink.plan.FeatureContract;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.flink.plan.InferencePlanner;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.file.PipelineFile;
import io.millrace.pipeline.spec.PipelineSpec;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The pipeline file that a command works on. */
public final class PipelineArgument {

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
    private Path file = Path.of("pipeline.yaml");

    public Path file() {
        return file;
    }

    /** Reads the file; every problem is thrown at once. */
    public PipelineDocument readWhole() {
        return PipelineFile.read(file, System.getenv());
    }

    /** Reads the file and resolves it against its schemas, whatever became of its model; every problem is thrown at once. */
    public FeatureContract contract() {
        return FeatureContract.of(PipelineFile.examine(file, System.getenv()));
    }

    /** Reads the file and resolves it against schemas and model; every problem is thrown at once. */
    public InferencePlan plan() {
        return InferencePlanner.plan(reaching(PipelineFile.examine(file, System.getenv())));
    }

    /** What the pipeline of a file asks of its model; every problem is thrown at once. */
    public static FeatureContract contract(Path file) {
        return FeatureContract.of(reaching(PipelineFile.read(file, System.getenv())));
    }

    private static PipelineDocument reaching(PipelineDocument document) {
        PipelineSpec spec = document.spec();
        FlinkFileSystems.prepare(spec.model().store(), spec.runtime().flink());
        return document;
    }
}

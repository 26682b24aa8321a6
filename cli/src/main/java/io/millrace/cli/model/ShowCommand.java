/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.model.store.FileModelStore;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace model show}: what a store knows of a model, or of one version of it. */
@Command(
        name = "show",
        description =
                "Show a model: its versions, and its aliases with their history. With VERSION, that bundle: what it"
                        + " takes and gives, its metrics, who vouches for its golden cases, who signed it.")
public final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "STORE", description = "The store: " + StoreUri.WORDS + ".")
    private String store = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "A version, or an alias such as champion.")
    private @Nullable String version;

    @Override
    public Integer call() {
        FileModelStore models = StoreUri.open(store, SignaturePolicy.OFF);
        Report report = version == null ? ModelReport.of(models, name) : BundleReport.of(models, name, version);
        if (output.json()) {
            output.printJson(report.asMap());
        } else {
            output.out().print(report.asText());
            output.out().flush();
        }
        return ExitCode.DONE;
    }
}

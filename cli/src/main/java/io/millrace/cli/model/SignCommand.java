/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.model.signature.BundleSignature;
import io.millrace.model.signature.ModelKeys;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.record.ModelVersion;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace model sign}: somebody vouches for a version. */
@Command(
        name = "sign",
        description =
                "Sign a version in a store with an Ed25519 key. It stays the same version; an earlier signature is"
                        + " replaced.")
public final class SignCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "STORE", description = "The store: " + StoreUri.WORDS + ".")
    private String store = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Parameters(index = "2", paramLabel = "VERSION", description = "A version, or an alias such as champion.")
    private String version = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The private key, a PEM file: 'millrace model keys' makes one.")
    private Path key = Path.of("");

    @Override
    public Integer call() {
        PrivateKey secret = ModelKeys.readPrivate(key);
        FileModelStore models = StoreUri.open(store, SignaturePolicy.OFF);
        ModelVersion signed = models.resolve(name, version);
        BundleSignature signature = models.sign(name, signed.version(), secret);
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", signed.name());
            result.put("version", signed.version());
            result.put("digest", signed.digest());
            result.put("key", signature.keyId());
            output.printJson(result);
        } else {
            output.say("signed " + signed.name() + ' ' + signed.version() + " with the key " + signature.keyId());
        }
        return ExitCode.DONE;
    }
}

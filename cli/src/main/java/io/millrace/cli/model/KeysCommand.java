/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputOptions;
import io.millrace.model.file.StoreName;
import io.millrace.model.signature.ModelKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace model keys}: a new pair of keys to sign with. */
@Command(
        name = "keys",
        description =
                "Make an Ed25519 key pair: NAME.key signs and stays secret, NAME.pem goes to whoever verifies. No key"
                        + " is ever overwritten.")
public final class KeysCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The directory; made where it is missing.")
    private Path directory = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "millrace",
            description = "The name of both files (default: millrace).")
    private String name = "";

    @Override
    public Integer call() throws IOException {
        StoreName.check("key", name);
        Files.createDirectories(directory);
        Path secret = directory.resolve(name + ".key");
        Path shared = directory.resolve(name + ".pem");
        KeyPair keys = ModelKeys.generate();
        ModelKeys.write(keys, secret, shared);
        String id = ModelKeys.id(keys.getPublic());
        if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("key", id);
            result.put("private", secret.toString());
            result.put("public", shared.toString());
            output.printJson(result);
        } else {
            output.say("made the key " + id + ": " + secret + " signs, keep it to yourself; " + shared + " verifies");
        }
        return ExitCode.DONE;
    }
}

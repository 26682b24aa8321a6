/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Millrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The version that the packaged command says is that of the build. */
class VersionIT {

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>millrace</artifactId>\\s*<version>([^<]+)</version>");

    /** In a process of its own, where no test shares the package, and so the manifest, of the command. */
    @Test
    void packagedCommandSaysItsVersion(@TempDir Path directory) throws Exception {
        Matcher version = VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(version.find()).isTrue();
        Path said = directory.resolve("version");
        Process command = JavaProcess.of(Millrace.class.getName(), List.of(), List.of("--version"), said)
                .start();
        assertThat(command.waitFor()).isZero();
        assertThat(said).hasContent("millrace " + version.group(1));
    }
}

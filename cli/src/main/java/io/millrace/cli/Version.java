/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Millrace.class.getPackage().getImplementationVersion();
        return new String[] {"millrace " + Objects.requireNonNullElse(version, "(built from source)")};
    }
}

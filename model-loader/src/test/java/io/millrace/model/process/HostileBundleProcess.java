/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.process;

import io.millrace.model.ModelException;
import io.millrace.model.format.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a good bundle, then a hostile one, and says what came of it: refusal, peak memory in kB, marks of canaries. */
public final class HostileBundleProcess {

    private HostileBundleProcess() {}

    /** The good bundle, then the hostile one. */
    public static void main(String[] paths) throws IOException {
        new BundleReader().read(Path.of(paths[0]));
        long before = peakKilobytes();
        try {
            new BundleReader().read(Path.of(paths[1]));
            System.out.println("read");
        } catch (ModelException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(peakKilobytes() - before);
        System.out.println(System.getProperty(SerialCanary.MARK) + " " + System.getProperty(StaticCanary.MARK));
    }

    private static long peakKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmHWM");
    }
}

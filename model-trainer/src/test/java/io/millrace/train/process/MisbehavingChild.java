/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A child that misbehaves in the way that its first argument names. */
final class MisbehavingChild {

    private MisbehavingChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "greet" -> System.out.println("  hello, " + arguments[1] + "  ");
            case "fail" -> throw new IllegalStateException("broken on purpose");
            case "exit" -> System.exit(Integer.parseInt(arguments[1]));
            case "hang" -> {
                System.out.println("about to hang");
                new CountDownLatch(1).await();
            }
            case "flood" -> flood();
            case "devour" -> devour();
            case "die" -> die();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** 256 MB of output. */
    private static void flood() {
        byte[] line = "x".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 256; i++) {
            System.out.write(line, 0, line.length);
        }
        System.out.println("the end");
    }

    private static void devour() {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[1 << 20]);
        }
    }

    private static void die() throws IOException, InterruptedException {
        long self = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-9", Long.toString(self)).start().waitFor();
        new CountDownLatch(1).await();
    }
}

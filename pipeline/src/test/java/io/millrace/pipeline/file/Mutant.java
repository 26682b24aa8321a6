/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A pipeline file with a few random edits. */
final class Mutant {

    /** What stands between the marks is inserted somewhere. */
    private static final String[] TOKENS =
            ("[~]~{~}~:~: ~- ~, ~#~&a ~*a~!!int ~|~>~'~\"~\\~\n~\t~  ~${~$${~}~null~true~-1~1e999~7d~lifetime~---"
                            + "~\n...\n~%YAML 1.2\n~? ~<<: ~\u0000~\u0085~\u2028~\uD83D\uDE00~\\U0010FFFF~\\x"
                            + "~${KAFKA_PASSWORD}~${S3_SECRET:-x}~category~count: true~last: x, count: 3~event_time"
                            + "~features~amount")
                    .split("~");

    private Mutant() {}

    static String of(String parent, Random random) {
        String text = parent;
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            text = edit(text, random);
        }
        return text;
    }

    private static String edit(String text, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> insert(text, TOKENS[random.nextInt(TOKENS.length)], random);
            case 1 -> insert(text, String.valueOf((char) random.nextInt(256)), random);
            case 2 -> cut(text, 1 + random.nextInt(20), random);
            case 3 -> random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length() + 1)) : text;
            case 4 -> moveLine(text, random);
            default -> insert(text, slice(text, random), random);
        };
    }

    private static String insert(String text, String part, Random random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + part + text.substring(at);
    }

    private static String cut(String text, int length, Random random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + text.substring(Math.min(text.length(), at + length));
    }

    private static String slice(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(from, Math.min(text.length(), from + random.nextInt(200)));
    }

    private static String moveLine(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (!lines.isEmpty()) {
            String line = lines.remove(random.nextInt(lines.size()));
            lines.add(random.nextInt(lines.size() + 1), " ".repeat(random.nextInt(3)) + line.strip());
        }
        return String.join("\n", lines);
    }
}

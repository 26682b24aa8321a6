/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import static io.millrace.model.store.Drafts.MODEL;

import java.nio.file.Path;

/** Points one alias to and fro. Arguments: root, alias, how often. */
final class AliasWriterProcess {

    private AliasWriterProcess() {}

    public static void main(String[] arguments) {
        LocalModelStore store = new LocalModelStore(Path.of(arguments[0]));
        for (int i = 1; i <= Integer.parseInt(arguments[2]); i++) {
            store.alias(MODEL, arguments[1], i % 2 == 0 ? "2" : "1");
        }
    }
}

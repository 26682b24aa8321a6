/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J finds its backend through the thread's context class loader, which in a Flink task may not see it. */
final class NativeBackend {

    private NativeBackend() {}

    /** Runs under the class loader that ND4J itself came from. */
    static <T> T with(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Nd4j.class.getClassLoader());
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}

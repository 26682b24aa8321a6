/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.backend;

import io.millrace.model.ModelException;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's backend. It is found through the thread's context class loader, which in a Flink task may not see it; and its
 * native libraries are loaded from {@link NativeCache}, which is looked at before the first use.
 */
public final class NativeBackend {

    private static boolean trusted;

    private NativeBackend() {}

    /**
     * Runs under the class loader that ND4J itself came from.
     *
     * @throws ModelException when the native libraries are not to be trusted, or do not load
     */
    public static <T> T with(Supplier<T> action) {
        requireTrusted();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Nd4j.class.getClassLoader());
        try {
            return action.get();
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError failed) {
            throw NativeCache.ofThisProcess().doesNotLoad(failed);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Loads the backend, so that the cache is filled: for images that are built ahead. */
    public static void main(String[] arguments) {
        try {
            String backend = with(() -> Nd4j.getBackend().getClass().getSimpleName());
            System.out.println(
                    backend + " loads from " + NativeCache.ofThisProcess().directory());
        } catch (ModelException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private static synchronized void requireTrusted() {
        if (!trusted) {
            NativeCache.ofThisProcess().require(Nd4j.class.getClassLoader());
            trusted = true;
        }
    }
}

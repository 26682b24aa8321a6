/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A filter factory (JEP 415) that forbids Java deserialization on a thread while it loads a model, and leaves all other
 * threads as they are. It works where the JVM was started with {@code
 * -Djdk.serialFilterFactory=io.millrace.model.score.LoaderFilterFactory} and this class on its class path; elsewhere the
 * loader still never deserializes, but nothing watches it.
 */
public final class LoaderFilterFactory implements BinaryOperator<@Nullable ObjectInputFilter> {

    private static final ObjectInputFilter DENY_ALL = stream -> Status.REJECTED;

    private final ThreadLocal<Boolean> loading = ThreadLocal.withInitial(() -> Boolean.FALSE);

    /** Called once by the JVM. */
    public LoaderFilterFactory() {}

    @Override
    public @Nullable ObjectInputFilter apply(@Nullable ObjectInputFilter current, @Nullable ObjectInputFilter next) {
        if (loading.get()) {
            return DENY_ALL;
        }
        return next == null ? current : next;
    }

    /** Runs the action with deserialization forbidden on this thread, where the factory is installed. */
    static <T> T withoutDeserialization(Supplier<T> action) {
        if (!(ObjectInputFilter.Config.getSerialFilterFactory() instanceof LoaderFilterFactory factory)) {
            return action.get();
        }
        factory.loading.set(Boolean.TRUE);
        try {
            return action.get();
        } finally {
            factory.loading.remove();
        }
    }
}

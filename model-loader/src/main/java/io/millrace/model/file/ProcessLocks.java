/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.file;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Locks by name among the threads of this process. */
public final class ProcessLocks {

    private static final Map<String, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private ProcessLocks() {}

    /** Makes a change while no other thread makes one under the same name. */
    public static <T> T exclusively(String name, StoreFiles.Change<T> change) throws IOException {
        ReentrantLock lock = LOCKS.computeIfAbsent(name, unlocked -> new ReentrantLock());
        lock.lock();
        try {
            return change.make();
        } finally {
            lock.unlock();
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.monitor;

import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.window.VersionMonitor;
import io.millrace.pipeline.record.ModelVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The monitor of each version that one subtask has met, opened once. */
final class VersionMonitors implements Function<ModelVersion, VersionMonitor> {

    private final InferencePlan plan;
    private final Map<ModelVersion, VersionMonitor> opened = new HashMap<>();

    VersionMonitors(InferencePlan plan) {
        this.plan = plan;
    }

    @Override
    public VersionMonitor apply(ModelVersion version) {
        return opened.computeIfAbsent(version, plan::monitor);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.it;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Keeps hold of Flink's own count of restarts of each job in this process, also after the job has ended. */
public final class RestartCount implements MetricReporter, MetricReporterFactory {

    private static final Map<String, Gauge<?>> BY_JOB = new ConcurrentHashMap<>();

    /** How often the job was restarted. */
    static long of(String job) {
        Gauge<?> gauge = BY_JOB.get(job);
        if (gauge == null) {
            throw new AssertionError("no restarts were counted for job '" + job + "', only for " + BY_JOB.keySet());
        }
        return ((Number) gauge.getValue()).longValue();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig configuration) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (name.equals("numRestarts") && metric instanceof Gauge<?> gauge) {
            BY_JOB.put(group.getAllVariables().get("<job_name>"), gauge);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Makes Flink's file systems known in this process, as a cluster's processes know them when they start. */
public final class FlinkFileSystems {

    private FlinkFileSystems() {}

    /**
     * Gets ready for a URI: plugins come from {@code FLINK_PLUGINS_DIR}, settings from {@code FLINK_CONF_DIR}.
     *
     * @param options of Flink, on top of those
     */
    public static void prepare(String uri, Map<String, String> options) {
        if (uri.startsWith("file:")) {
            return;
        }
        Configuration configuration = GlobalConfiguration.loadConfiguration(Configuration.fromMap(options));
        FileSystem.initialize(configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
    }
}

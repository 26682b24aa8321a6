/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.window;

import io.millrace.monitor.TrafficMonitor;
import io.millrace.monitor.TrafficPaneCodec;
import io.millrace.monitor.cause.CauseMonitor;
import io.millrace.monitor.cause.CausePane;
import io.millrace.monitor.drift.DriftMonitor;
import io.millrace.monitor.drift.DriftPane;
import io.millrace.monitor.fairness.FairnessMonitor;
import io.millrace.monitor.fairness.FairnessPane;
import io.millrace.monitor.late.LateCounts;
import io.millrace.monitor.late.LateMonitor;
import io.millrace.monitor.part.PanePart;
import io.millrace.monitor.performance.binary.BinaryMonitor;
import io.millrace.monitor.performance.binary.BinaryPaneCodec;
import io.millrace.monitor.performance.estimate.EstimationMonitor;
import io.millrace.monitor.performance.estimate.EstimationPaneCodec;
import io.millrace.monitor.quality.QualityMonitor;
import io.millrace.monitor.quality.QualityPane;
import io.millrace.monitor.value.ValueMonitor;
import io.millrace.monitor.value.ValuePaneCodec;
import java.io.DataInput;
import java.io.IOException;
import java.util.Map;

/** How the part of each monitor is read. */
final class PartFormats {

    private static final Map<String, Reader> READERS = Map.ofEntries(
            Map.entry(TrafficMonitor.NAME, TrafficPaneCodec::read),
            Map.entry(DriftMonitor.NAME, DriftPane::read),
            Map.entry(QualityMonitor.NAME, QualityPane::read),
            Map.entry(BinaryMonitor.NAME, BinaryPaneCodec::read),
            Map.entry(EstimationMonitor.NAME, EstimationPaneCodec::read),
            Map.entry(CauseMonitor.NAME, CausePane::read),
            Map.entry(ValueMonitor.NAME, ValuePaneCodec::read),
            Map.entry(LateMonitor.NAME, LateCounts::read),
            Map.entry(FairnessMonitor.NAME, FairnessPane::read));

    private PartFormats() {}

    /** @throws IOException when there is no such monitor, or the bytes are damaged */
    static PanePart<?> read(String name, DataInput in) throws IOException {
        Reader reader = READERS.get(name);
        if (reader == null) {
            throw new IOException(
                    "pane: part '" + name + "' is unknown. The bytes are damaged, or a newer version wrote them");
        }
        return reader.read(in);
    }

    private interface Reader {
        PanePart<?> read(DataInput in) throws IOException;
    }
}

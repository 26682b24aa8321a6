/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.cause;

import io.millrace.monitor.part.PanePart;
import io.millrace.monitor.performance.binary.BinaryPane;
import io.millrace.monitor.performance.binary.BinaryPaneCodec;
import io.millrace.monitor.performance.estimate.EstimationPane;
import io.millrace.monitor.performance.estimate.EstimationPaneCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The same rows twice: what their scores promised, and what became of them. */
public final class CausePane implements PanePart<CausePane> {

    final EstimationPane estimated;
    final BinaryPane realised;

    CausePane(EstimationPane estimated, BinaryPane realised) {
        this.estimated = estimated;
        this.realised = realised;
    }

    @Override
    public void merge(CausePane other) {
        estimated.merge(other.estimated);
        realised.merge(other.realised);
    }

    @Override
    public CausePane copy() {
        return new CausePane(estimated.copy(), realised.copy());
    }

    @Override
    public void write(DataOutput out) throws IOException {
        estimated.write(out);
        realised.write(out);
    }

    /** @throws IOException when the bytes are of another version or are damaged */
    public static CausePane read(DataInput in) throws IOException {
        EstimationPane estimated = EstimationPaneCodec.read(in);
        return new CausePane(estimated, BinaryPaneCodec.read(in));
    }
}

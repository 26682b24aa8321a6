/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.feature;

import io.millrace.pipeline.record.EventLayout;
import io.millrace.pipeline.spec.EventTimeSpec;
import io.millrace.pipeline.spec.FeatureSpec;
import io.millrace.pipeline.spec.Missing;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StreamSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What computes the inputs of a model, as one SHA-256: the features that feed it and those that they read, how streams tell
 * time, the order of events. Other features, topics, sinks, monitors and the layout of the file do not matter.
 */
public final class FeatureDigest {

    private FeatureDigest() {}

    /** The digest, lower-case hexadecimal. */
    public static String of(PipelineSpec spec, List<EventLayout> layouts) {
        return HexFormat.of().formatHex(StableId.sha256(canonical(spec, layouts)));
    }

    private static String canonical(PipelineSpec spec, List<EventLayout> layouts) {
        StringBuilder text = new StringBuilder("millrace features 1\n");
        line(text, "order", spec.order().name(), "score", spec.score());
        for (StreamSpec stream : spec.streams()) {
            EventTimeSpec time = stream.eventTime();
            line(text, "stream", stream.name(), time.field(), time.maxOutOfOrder(), time.allowedLateness());
        }
        Set<String> needed = new Dependencies(spec, layouts).of(spec.inputs());
        spec.features().stream()
                .filter(feature -> needed.contains(feature.name()))
                .forEach(feature -> append(text, feature));
        line(text, "inputs", spec.inputs().toArray());
        return text.toString();
    }

    private static void append(StringBuilder text, FeatureSpec feature) {
        if (feature instanceof FeatureSpec.Value value) {
            line(text, "value", value.name(), value.expression(), missing(value));
        } else if (feature instanceof FeatureSpec.Aggregate aggregate) {
            line(
                    text,
                    aggregate.function().name(),
                    aggregate.name(),
                    aggregate.operand(),
                    aggregate.by(),
                    aggregate.over(),
                    aggregate.delay(),
                    aggregate.from(),
                    aggregate.at(),
                    aggregate.where(),
                    missing(aggregate));
            if (aggregate.steps() > 0) {
                line(text, "step", aggregate.name(), aggregate.steps(), aggregate.newer());
            }
        }
    }

    private static String missing(FeatureSpec feature) {
        Missing missing = Objects.requireNonNullElse(feature.missing(), new Missing.Mean());
        return missing.toString();
    }

    /** One line, its parts told apart by a character that no name or expression can hold. */
    private static void line(StringBuilder text, String kind, @Nullable Object... parts) {
        text.append(kind);
        for (Object part : parts) {
            text.append('\u001f').append(part == null ? "" : part.toString().strip());
        }
        text.append('\n');
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.section;

import io.millrace.pipeline.grammar.Key;
import io.millrace.pipeline.grammar.Section;
import io.millrace.pipeline.grammar.ValueType;
import io.millrace.pipeline.grammar.scalar.Choice;
import io.millrace.pipeline.grammar.scalar.Text;
import io.millrace.pipeline.spec.QualitySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code monitor.quality}: what is asked of the values that reach the model. */
final class QualityReader {

    private static final ValueType<Double> BELOW = Text.of(
                    "a share such as < 1%", "< ?[0-9]{1,3}([.][0-9]{1,6})? ?%", "Write it as \"< 1%\".")
            .orLiteral()
            .as(QualityReader::share);
    private static final String TOLD = "told, and no alarm";

    private static final Key<Double> MISSING =
            Key.optional("missing", BELOW, TOLD, "in which share of a window a feature may be missing");
    private static final Key<Boolean> RANGE = Key.optional(
            "range",
            Choice.of("learned", true),
            "not compared",
            "`learned`: values are compared with the least and the greatest of the reference");
    private static final Key<Double> OUT_OF_RANGE =
            Key.optional("out_of_range", BELOW, TOLD, "which share may lie outside; needs `range`");
    private static final Key<Double> UNSEEN = Key.optional(
            "unseen",
            BELOW,
            "not compared",
            "which share may have a value that the reference lacks, of features with up to 20 values there");
    private static final Key<Double> DUPLICATES =
            Key.optional("duplicates", BELOW, TOLD, "which share may have an id that was seen before in the window");

    static final Section<QualitySpec> QUALITY = new Section<>(
            "a quality monitor",
            "What is asked of the values that reach the model",
            List.of(MISSING, RANGE, OUT_OF_RANGE, UNSEEN, DUPLICATES),
            QualityReader::quality);

    private QualityReader() {}

    private static @Nullable QualitySpec quality(Section.Values values) {
        boolean range = values.find(RANGE) != null;
        if (values.find(OUT_OF_RANGE) != null && !range) {
            values.reading()
                    .refuse(
                            values.node(OUT_OF_RANGE),
                            "nothing says which range. Add range: learned, or remove this key.");
            return null;
        }
        return new QualitySpec(
                values.find(MISSING), range, values.find(OUT_OF_RANGE), values.find(UNSEEN), values.find(DUPLICATES));
    }

    private static Double share(String text) {
        return Double.parseDouble(text.substring(1, text.length() - 1).strip()) / 100;
    }
}

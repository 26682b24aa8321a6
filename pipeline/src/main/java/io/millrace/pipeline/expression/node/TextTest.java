/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.expression.node;

import static io.millrace.pipeline.expression.Expression.MISSING;

import com.google.re2j.Pattern;
import java.util.function.BiPredicate;

/** Questions about texts; missing when a text is. */
public final class TextTest {

    private TextTest() {}

    public static TruthNode of(TextNode text, TextNode part, BiPredicate<String, String> test) {
        return frame -> {
            String whole = text.text(frame);
            String piece = part.text(frame);
            return whole == null || piece == null ? MISSING : Comparison.truth(test.test(whole, piece));
        };
    }

    /** Whether the pattern is found anywhere in the text. Takes time linear in the text, and allocates. */
    public static TruthNode matches(TextNode text, Pattern pattern) {
        return frame -> {
            String whole = text.text(frame);
            return whole == null
                    ? MISSING
                    : Comparison.truth(pattern.matcher(whole).find());
        };
    }

    /** The number of Unicode code points. */
    public static NumberNode size(TextNode text) {
        return frame -> {
            String whole = text.text(frame);
            return whole == null ? Double.NaN : whole.codePointCount(0, whole.length());
        };
    }
}

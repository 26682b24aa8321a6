/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureProblemsTest {

    /** What is wrong with the minimal file when its one feature, in line 10, is this. */
    private static List<String> problems(String feature) {
        return Pipelines.problemsWith("{ value: amount }", feature);
    }

    @Test
    void kinds() {
        assertThat(problems("{ by: customer_id }"))
                .containsExactly(
                        "pipeline.yaml:10:3 features.amount: a feature of no kind. Add one of: value, count, sum,"
                                + " mean, min, max, variance, stddev, last.");
        assertThat(problems("{ value: amount, sum: amount }"))
                .containsExactly("pipeline.yaml:10:3 features.amount: found both 'value' and 'sum'. A feature has one"
                        + " kind: remove one.");
        assertThat(problems("amount"))
                .containsExactly(
                        "pipeline.yaml:10:11 features.amount: expected a map with the keys of a feature, found 'amount'.");
    }

    @Test
    void keysOfAnotherKind() {
        assertThat(problems("{ value: amount, over: 7d }"))
                .containsExactly("pipeline.yaml:10:28 features.amount.over: unknown key in a value feature. Known here:"
                        + " missing, value.");
        assertThat(problems("{ count: true, by: customer_id, ovr: 7d }"))
                .containsExactly(
                        "pipeline.yaml:10:3 features.amount.over: missing. Add it: the length of the window.",
                        "pipeline.yaml:10:43 features.amount.ovr: unknown key in an aggregate feature. Did you mean"
                                + " 'over'?");
    }

    @Test
    void operands() {
        assertThat(problems("{ value: [amount] }"))
                .containsExactly("pipeline.yaml:10:20 features.amount.value: expected an expression, found a list.");
        assertThat(problems("{ value: ' ' }"))
                .containsExactly("pipeline.yaml:10:20 features.amount.value: expected an expression, found ' '.");
        assertThat(problems("{ count: amount, by: customer_id, over: 7d }"))
                .containsExactly("pipeline.yaml:10:20 features.amount.count: expected true, found 'amount'.");
        assertThat(problems("{ sum: , by: customer_id, over: 7d }"))
                .containsExactly("pipeline.yaml:10:17 features.amount.sum: expected an expression, found nothing.");
    }

    @Test
    void keysAndWindows() {
        assertThat(problems("{ sum: amount, by: [customer_id, customer_id], over: 0s, delay: -1s }"))
                .containsExactly(
                        "pipeline.yaml:10:44 features.amount.by[1]: repeated: 'customer_id' stands in this list before."
                                + " Remove one.",
                        "pipeline.yaml:10:64 features.amount.over: expected a duration from 1ms to 36500d, found '0s'.",
                        "pipeline.yaml:10:75 features.amount.delay: expected a duration such as 250ms, 10s, 5m, 1h or 7d,"
                                + " found '-1s'.");
        assertThat(problems("{ sum: amount, by: [], over: [7d] }"))
                .containsExactly(
                        "pipeline.yaml:10:30 features.amount.by: expected a list of fields, found an empty list.",
                        "pipeline.yaml:10:40 features.amount.over: expected a duration such as 250ms, 10s, 5m, 1h or 7d,"
                                + " found a list.");
        assertThat(problems("{ sum: amount, by: 'a b', over: 10, at: 7, resolution: fine }"))
                .containsExactly(
                        "pipeline.yaml:10:30 features.amount.by: expected a field or a list of fields, found 'a b'.",
                        "pipeline.yaml:10:43 features.amount.over: expected a duration such as 250ms, 10s, 5m, 1h or 7d,"
                                + " found the number 10.",
                        "pipeline.yaml:10:51 features.amount.at: expected a field, found the number 7. Put it in quotes.",
                        "pipeline.yaml:10:66 features.amount.resolution: expected exact, found 'fine'.");
    }

    @Test
    void missing() {
        assertThat(problems("{ value: amount, missing: average }"))
                .containsExactly("pipeline.yaml:10:37 features.amount.missing: expected a number, mean or dead_letter,"
                        + " found 'average'.");
        assertThat(problems("{ value: amount, missing: 1e999 }"))
                .containsExactly(
                        "pipeline.yaml:10:37 features.amount.missing: expected a finite number, found the number"
                                + " 1e999.");
        assertThat(problems("{ value: amount, missing: \"${MISSING}\" }"))
                .containsExactly("pipeline.yaml:10:37 features.amount.missing: the environment variable MISSING is not"
                        + " set. Set it, or give a default: ${MISSING:-default}.");
    }

    @Test
    void names() {
        assertThat(problems("{ value: amount }\n  Ratio: { value: amount }\n  a.b: { value: amount }"))
                .containsExactly(
                        "pipeline.yaml:11:3 features.Ratio: 'Ratio' cannot name a feature. Use small letters, digits and"
                                + " '_', a letter first, at most 100.",
                        "pipeline.yaml:12:3 features.a.b: 'a.b' cannot name a feature. Use small letters, digits and"
                                + " '_', a letter first, at most 100.");
        assertThat(problems("{ value: amount }\n  amount: { value: 2 * amount }"))
                .containsExactly(
                        "pipeline.yaml:11:3 features.amount: this key is repeated: it is given in line 10. Remove"
                                + " one.");
    }
}

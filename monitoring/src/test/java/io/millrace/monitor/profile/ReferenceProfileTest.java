/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.monitor.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile says of a column, and what is no profile. */
class ReferenceProfileTest {

    private static final String COLUMN =
            "{\"name\":\"a\",\"deviation\":1,\"edges\":[0,1],\"counts\":[0,5,0,1],\"sample\":[0.5]}";

    @Test
    void tenBinsHoldATenthEachAndTheOutermostNothing() {
        ColumnProfile column = ColumnProfiler.of("amount", gaussian(20_000, 17));
        assertThat(column.edges().bins()).isEqualTo(12);
        assertThat(column.counts()).startsWith(0).endsWith(0L, 0L);
        assertThat(Arrays.copyOfRange(column.counts(), 1, 11)).containsOnly(2_000);
        assertThat(column.bin(column.least())).isEqualTo(1);
        assertThat(column.bin(Math.nextDown(column.least()))).isZero();
        assertThat(column.bin(column.greatest())).isEqualTo(10);
        assertThat(column.bin(Math.nextUp(column.greatest()))).isEqualTo(11);
        assertThat(column.bin(Double.NaN)).isEqualTo(12);
        assertThat(column.sample()).hasSize(2_000).isSorted();
    }

    @Test
    void fewValuesHaveABinEach() {
        ColumnProfile column = ColumnProfiler.of("weekend", new double[] {1, 0, 0, Double.NaN, 1, 0});
        assertThat(column.counts()).containsExactly(0, 3, 2, 0, 1);
        assertThat(column.missing()).isEqualTo(1);
        assertThat(column.rows()).isEqualTo(6);
        assertThat(column.mean()).isEqualTo(0.4);
    }

    @Test
    void aColumnWithoutValuesHasOneBinAndWhatIsMissing() {
        ColumnProfile column = ColumnProfiler.of("empty", new double[] {Double.NaN, Double.NaN});
        assertThat(column.counts()).containsExactly(0, 2);
        assertThat(column.mean()).isNaN();
        assertThat(column.bin(3)).isZero();
    }

    @Test
    void theOrderOfRowsIsNotSeen() {
        double[] values = gaussian(3_000, 4);
        ColumnProfile column = ColumnProfiler.of("a", values);
        double[] turned = values.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = values[values.length - 1 - i];
        }
        ReferenceProfile one = new ReferenceProfile(List.of(column), null, null);
        ReferenceProfile other = new ReferenceProfile(List.of(ColumnProfiler.of("a", turned)), null, null);
        assertThat(ReferenceProfileCodec.write(one)).isEqualTo(ReferenceProfileCodec.write(other));
    }

    @Test
    void comesBackToTheLastDigit() {
        ReferenceProfile profile = new ReferenceProfile(
                List.of(
                        ColumnProfiler.of("a", gaussian(100, 1)),
                        ColumnProfiler.of("b", new double[] {Double.NaN, 0.1 + 0.2})),
                ColumnProfiler.of("score", new double[] {0.25, 0.75}),
                null);
        byte[] written = ReferenceProfileCodec.write(profile);
        ReferenceProfile read = ReferenceProfileCodec.read(written);
        assertThat(ReferenceProfileCodec.write(read)).isEqualTo(written);
        assertThat(read.feature("b").mean()).isEqualTo(0.1 + 0.2);
        assertThat(read.label()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        []                                                    | expected an object, found array
        {"features":{}}                                       | features: expected a list of columns, found object
        {"features":[],"features":[]}                         | is no JSON: Duplicate field 'features'
        {"features":[{"name":1}]}                             | features[0].edges: expected a list, found nothing
        {"features":[{"edges":[1,1]}]}                        | features[0].edges[1]: is not above the one before
        {"features":[{"edges":[1e999]}]}                      | features[0].edges[0]: expected a finite number, found number
        {"features":[{"edges":[1],"counts":[1,2]}]}           | features[0].counts: has 2 bins, its edges make 3
        {"features":[{"edges":[],"counts":[-1,2]}]}           | features[0].counts[0]: expected a count
        {"features":[{"edges":[],"counts":[1,2.5]}]}          | features[0].counts[1]: expected a count
        {"features":[{"edges":[],"counts":[1,2],"deviation":-1}]} | features[0].deviation: is -1.0, expected 0 or more
        {"features":[],"score":[]}                            | score.edges: expected a list, found nothing
        """)
    void refusesWhatIsNoProfile(String text, String reason) {
        assertThatThrownBy(() -> ReferenceProfileCodec.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProfileException.class)
                .hasMessage("reference.json: " + reason + ". Make the bundle again with its reference rows.");
    }

    @Test
    void refusesSamplesInDisorderAndNamesThatAreTooLong() {
        assertThat(ReferenceProfileCodec.read(profile(COLUMN)).features()).hasSize(1);
        assertThatThrownBy(() -> ReferenceProfileCodec.read(profile(COLUMN.replace("[0.5]", "[2,1]"))))
                .hasMessageContaining("features[0].sample[1]: is not above the one before");
        assertThatThrownBy(() ->
                        ReferenceProfileCodec.read(profile(COLUMN.replace("\"a\"", '"' + "a".repeat(201) + '"'))))
                .hasMessageContaining("features[0].name: expected a text of at most 200 characters");
    }

    private static byte[] profile(String column) {
        return ("{\"features\":[" + column + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static double[] gaussian(int size, long seed) {
        Random random = new Random(seed);
        return random.doubles(size).map(unused -> random.nextGaussian()).toArray();
    }
}

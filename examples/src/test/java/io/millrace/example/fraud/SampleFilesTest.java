/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.example.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleFilesTest {

    private static final Path SAMPLE = Path.of("fraud", "sample");

    @Test
    void committedSampleIsWhatTheGeneratorWrites(@TempDir Path written) throws IOException {
        SampleFiles.main(new String[] {written.toString()});
        for (String file : new String[] {SampleFiles.TRANSACTIONS, SampleFiles.CHARGEBACKS}) {
            assertThat(SAMPLE.resolve(file)).as(file).hasSameTextualContentAs(written.resolve(file));
        }
    }

    @Test
    void sampleHasAFewHundredPaymentsAndSomeChargebacks() throws IOException {
        assertThat(Files.readAllLines(SAMPLE.resolve(SampleFiles.TRANSACTIONS))).hasSizeBetween(300, 500);
        assertThat(Files.readAllLines(SAMPLE.resolve(SampleFiles.CHARGEBACKS))).hasSizeGreaterThan(2);
    }

    @Test
    void oneDirectoryIsAskedFor() {
        assertThatThrownBy(() -> SampleFiles.main(new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("give a directory to write into, and perhaps a number of days");
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BundleFiles;
import io.millrace.model.ModelException;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.network.Shape;
import io.millrace.model.score.Scorers;
import io.millrace.model.score.ShapedNetworks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles changed at random, their digests right again: each is refused with a reason, or scores. */
class BundleMutationTest {

    private static final long SEED = 20_261_123;
    private static final int MUTATIONS = 60;
    private static final String[] TOKENS = {
        "null",
        "-1",
        "0",
        "1e999",
        "9999999999999999999",
        "[]",
        "{}",
        "\"\"",
        "true",
        "{\"@class\":\"java.lang.Object\"}",
        ",",
        "NaN"
    };

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {"configuration.json", "coefficients.bin", "normalizer.json", "golden.json", "bundle.json"})
    void aMutatedFileIsRefusedOrScores(String name) {
        refusesOrScores(name, BundleFiles.of(ModelFixture.draft(), work));
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration.json", "bundle.json"})
    void aMutatedGraphIsRefusedOrScores(String name) {
        InputLayout layout = new InputLayout(List.of(
                new NetworkInput("history", ShapedNetworks.SEQUENCE, List.of("amount", "hour", "risk")),
                new NetworkInput("now", new Shape.Row(2), List.of("age", "limit")),
                new NetworkInput("word", new Shape.Row(1), List.of("word"))));
        refusesOrScores(name, BundleFiles.of(ModelFixture.draft(ShapedNetworks.graph(), layout), work));
    }

    private void refusesOrScores(String name, BundleFiles files) {
        byte[] whole = files.get(name).clone();
        Random random = new Random(SEED + name.hashCode());
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutate(whole, random);
            if (name.equals("bundle.json")) {
                files.put(name, mutated);
            } else {
                files.vouched(name, mutated);
            }
            refused += refused("seed " + SEED + ", mutation " + i, files) ? 1 : 0;
        }
        assertThat(refused).as("refused of %d mutations of %s", MUTATIONS, name).isBetween(MUTATIONS / 20, MUTATIONS);
    }

    @Test
    void theUnchangedBundleScores() {
        assertThat(refused("unchanged", BundleFiles.of(ModelFixture.draft(), work)))
                .isFalse();
    }

    private boolean refused(String description, BundleFiles files) {
        try {
            Bundle bundle = new BundleReader().read(files.directory(work.resolve("mutated")));
            Scorers.open(bundle, 8).close();
            return false;
        } catch (ModelException e) {
            assertThat(e.getMessage()).as(description).endsWith(".");
            return true;
        } catch (RuntimeException | LinkageError e) {
            throw new AssertionError(description, e);
        }
    }

    private static byte[] mutate(byte[] whole, Random random) {
        int from = random.nextInt(whole.length);
        int to = Math.min(whole.length, from + 1 + random.nextInt(12));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(whole, from));
        switch (random.nextInt(4)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.writeBytes(TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8));
            case 2 -> out.writeBytes(Arrays.copyOfRange(whole, from / 2, from / 2 + to - from));
            default -> to = from + random.nextInt(2);
        }
        out.writeBytes(Arrays.copyOfRange(whole, to, whole.length));
        return out.toByteArray();
    }
}

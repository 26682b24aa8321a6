/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.ModelFixture;
import io.millrace.model.network.Network;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkScorerTest {

    private static final int MAX_BATCH = 20;
    private static final MultiLayerNetwork DL4J = ModelFixture.network(
            3,
            new DenseLayer.Builder()
                    .nIn(5)
                    .nOut(9)
                    .hasLayerNorm(true)
                    .activation(Activation.GELU)
                    .build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(9)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build());
    private static final Network NETWORK = ModelFixture.read(DL4J);
    private static final float[] ROWS = ModelFixture.rows(8, MAX_BATCH * 5);
    private static final float[] EXPECTED = DL4J.output(
                    Nd4j.createFromArray(ROWS).reshape('c', MAX_BATCH, 5))
            .dup('c')
            .data()
            .asFloat();

    @Test
    void givesDl4jsOutputsForBatchesOfEverySize() {
        try (NetworkScorer scorer = NetworkScorer.open(NETWORK, MAX_BATCH)) {
            for (int count = 0; count <= MAX_BATCH; count++) {
                float[] outputs = new float[MAX_BATCH * 3];
                scorer.score(ROWS, count, outputs);
                assertClose(outputs, count);
            }
        }
    }

    @Test
    void scoresOnAnotherThreadThanTheOneThatOpenedIt() throws InterruptedException, ExecutionException {
        NetworkScorer scorer = NetworkScorer.open(NETWORK, MAX_BATCH);
        ExecutorService task = Executors.newSingleThreadExecutor();
        try {
            float[] outputs = task.submit(() -> {
                        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
                        float[] scored = new float[MAX_BATCH * 3];
                        scorer.score(ROWS, MAX_BATCH, scored);
                        scorer.close();
                        return scored;
                    })
                    .get();
            assertClose(outputs, MAX_BATCH);
        } finally {
            task.shutdown();
        }
    }

    @Test
    void twoScorersOnOneThreadDoNotDisturbEachOther() {
        try (NetworkScorer left = NetworkScorer.open(NETWORK, 4);
                NetworkScorer right = NetworkScorer.open(NETWORK, MAX_BATCH)) {
            float[] four = new float[4 * 3];
            left.score(ROWS, 4, four);
            float[] all = new float[MAX_BATCH * 3];
            right.score(ROWS, MAX_BATCH, all);
            left.score(ROWS, 4, four);
            assertClose(four, 4);
            assertClose(all, MAX_BATCH);
        }
    }

    private static void assertClose(float[] outputs, int count) {
        for (int i = 0; i < count * 3; i++) {
            assertThat(outputs[i]).as("output %d of %d rows", i, count).isCloseTo(EXPECTED[i], within(1e-6f));
        }
        assertThat(Arrays.copyOfRange(outputs, count * 3, outputs.length))
                .isEqualTo(new float[outputs.length - count * 3]);
    }
}

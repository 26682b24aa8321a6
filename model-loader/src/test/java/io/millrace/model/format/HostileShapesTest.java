/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.BundleFiles;
import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.ModelFixture;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.network.Shape;
import io.millrace.model.score.ShapedNetworks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs over a sequence, a row and a word that lie about their shapes and sizes, or name foreign classes. */
class HostileShapesTest {

    private static final String JSON = "configuration.json";

    @TempDir
    Path work;

    private BundleFiles files;

    @BeforeEach
    void writeGoodBundle() {
        InputLayout layout = new InputLayout(List.of(
                new NetworkInput("history", ShapedNetworks.SEQUENCE, List.of("amount", "hour", "risk")),
                new NetworkInput("now", new Shape.Row(2), List.of("age", "limit")),
                new NetworkInput("word", new Shape.Row(1), List.of("word"))));
        files = BundleFiles.of(ModelFixture.draft(ShapedNetworks.graph(), layout), work);
    }

    @Test
    void theUnchangedBundleIsRead() {
        Path directory = files.directory(work.resolve("unchanged"));
        assertThat(new BundleReader().read(directory).network().outputs()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ -3, 3 ]|JSON|vertices.convolution.layerConf.layer.kernelSize.0"
                        + " is -3, it must be from 1 to 10000000. Save the network with DL4J 1.0.0-M2.1.",
                "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ 0, 3 ]|JSON|vertices.convolution.layerConf.layer.kernelSize.0"
                        + " is 0, it must be from 1 to 10000000. Save the network with DL4J 1.0.0-M2.1.",
                "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ 8589934592 ]|JSON|vertices.convolution.layerConf.layer"
                        + ".kernelSize.0 must be a whole number, found 8589934592. Write the bundle again.",
                "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ ]|JSON|vertices.convolution.layerConf.layer.kernelSize has 0"
                        + " numbers, the layer needs 1. Save the network with DL4J 1.0.0-M2.1.",
                "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ 9000000, 3 ]|PARAMETERS|its layers have 108000382 parameters,"
                        + " at most 50000000 are read. Use a smaller network.",
                "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ 900000, 3 ]|PARAMETERS|its layers make 21600283 values of one"
                        + " row, at most 20000000 are read. Use a smaller network.",
                "\"stride\" : [ 1, 1 ]|\"stride\" : [ 0, 1 ]|JSON|vertices.convolution.layerConf.layer.stride.0 is 0, it"
                        + " must be from 1 to 10000000. Save the network with DL4J 1.0.0-M2.1.",
                "\"stride\" : [ 1, 1 ]|\"stride\" : [ 2, 1 ]|UNSUPPORTED|vertices.flat.newShape does not make one row of"
                        + " values of shape [4, 5], which is the only supported reshaping: [-1, 20] in order c without a"
                        + " mask. Reshape before the network.",
                "\"convolutionMode\" : \"Same\"|\"convolutionMode\" : \"Full\"|UNSUPPORTED|vertices.convolution.layerConf"
                        + ".layer.convolutionMode is Full, supported are Same, Strict and Truncate, and Causal of"
                        + " Convolution1D. Use one of them.",
                "\"rnnDataFormat\" : \"NCW\"|\"rnnDataFormat\" : \"NWC\"|UNSUPPORTED|RNNFORMAT",
            })
    void refusesWindowsThatLie(String from, String to, Code code, String message) {
        change(json -> json.replaceFirst(Pattern.quote(from), to));
        if (message.equals("RNNFORMAT")) {
            assertThatThrownBy(this::read)
                    .hasMessageEndingWith(
                            "rnnDataFormat is NWC, only NCW is supported. Build the network with channels" + " first.");
        } else {
            refuses(code, message);
        }
    }

    @Test
    void refusesDilationAndPaddingThatDoNotFit() {
        change(json -> json.replace("\"convolutionMode\" : \"Same\"", "\"convolutionMode\" : \"Truncate\"")
                .replace("\"dilation\" : [ 1, 1 ]", "\"dilation\" : [ 9999999, 1 ]"));
        refuses(
                Code.PARAMETERS,
                "vertices.convolution.layerConf.layer.kernelSize reaches over 19999999 values, which does not fit 8 with"
                        + " padding 0 and stride 1. Save the network with DL4J 1.0.0-M2.1.");
        change(json -> json.replace("\"dilation\" : [ 9999999, 1 ]", "\"dilation\" : [ 1, 1 ]")
                .replace("\"padding\" : [ 0, 0 ]", "\"padding\" : [ 9999999, 0 ]"));
        refuses(
                Code.PARAMETERS,
                "vertices.convolution.layerConf.layer.nout makes an output that is [20000004, 4], every dimension is from"
                        + " 1 to 10000000. Use a smaller network.");
    }

    @Test
    void refusesRecurrentWidthsThatLie() {
        change(json -> json.replace("\"nout\" : 5,", "\"nout\" : 5000,"));
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        ModelException.class,
                        refused -> assertThat(refused.code()).isIn(Code.PARAMETERS, Code.UNSUPPORTED));
        change(json -> json.replace("\"nout\" : 5000,", "\"nout\" : 2147483647,"));
        assertThatThrownBy(this::read).hasMessageContaining("is 2147483647, a layer has from 1 to 10000000 values.");
    }

    @Test
    void refusesAVocabularyThatTheWeightsDoNotHave() {
        change(json -> json.replace("\"nin\" : 11", "\"nin\" : 9000000"));
        assertThatThrownBy(this::read)
                .hasMessageContaining("coefficients.bin: has the shape 1 × ")
                .hasMessageEndingWith("Write the bundle again.");
    }

    @Test
    void refusesAnEmbeddingOfWhatALayerGives() {
        change(json -> json.replace("\"meaning\" : [ \"word\" ]", "\"meaning\" : [ \"narrow\" ]")
                .replace("\"vertexInputs\" : {", "\"vertexInputs\" : { \"narrow\" : [ \"word\" ],")
                .replace(
                        "\"vertices\" : {",
                        "\"vertices\" : { \"narrow\" : { \"@class\" :"
                                + " \"org.deeplearning4j.nn.conf.graph.MergeVertex\", \"mergeAxis\" : 1 },"));
        refuses(
                Code.UNSUPPORTED,
                "meaning looks up what another layer gives, which may be any number. An embedding must stand directly"
                        + " behind an input.");
    }

    @Test
    void refusesForeignClassesInPreprocessorsAndVertices() {
        change(json -> json.replace(
                "org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor",
                "io.millrace.model.process.StaticCanary"));
        refuses(
                Code.UNSUPPORTED,
                "vertices.normalization.preProcessor is of class io.millrace.model.process.StaticCanary, which is not"
                        + " supported. Build the network from supported layers, activations, losses and initialisers.");
        change(json -> json.replace(
                        "io.millrace.model.process.StaticCanary",
                        "org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor")
                .replace("org.deeplearning4j.nn.conf.graph.MergeVertex", "io.millrace.model.process.StaticCanary"));
        refuses(
                Code.UNSUPPORTED,
                "vertices.joined is of class io.millrace.model.process.StaticCanary, which is not supported. Build the"
                        + " network from supported layers, activations, losses and initialisers.");
        change(json ->
                json.replace("io.millrace.model.process.StaticCanary", "org.deeplearning4j.nn.conf.layers.LSTM"));
        refuses(
                Code.UNSUPPORTED,
                "has a vertex of class org.deeplearning4j.nn.conf.layers.LSTM, which is none. Save the network with DL4J"
                        + " 1.0.0-M2.1.");
    }

    @Test
    void refusesForeignClassesBesideVertices() {
        change(json -> json.replace(
                "\"backpropType\" : \"Standard\"", "\"backpropType\" : { \"@class\" : \"java.lang.Runtime\" }"));
        refuses(
                Code.UNSUPPORTED,
                "backpropType is of class java.lang.Runtime, which is not supported. Build the network from supported"
                        + " layers, activations, losses and initialisers.");
    }

    @Test
    void refusesCirclesAndEdgesFromNowhere() {
        change(json -> json.replace("\"row\" : [ \"now\" ]", "\"row\" : [ \"sum\" ]"));
        refuses(
                Code.UNSUPPORTED,
                "the vertices [row, sum, joined, answer] are fed by each other or by nothing. Save the network with DL4J"
                        + " 1.0.0-M2.1.");
        change(json -> json.replace("\"row\" : [ \"sum\" ]", "\"row\" : [ \"nobody\" ]"));
        refuses(
                Code.UNSUPPORTED,
                "the vertices [row, sum, joined, answer] are fed by each other or by nothing. Save the network with DL4J"
                        + " 1.0.0-M2.1.");
    }

    @Test
    void refusesShapesThatDoNotFitTheirFeatures() {
        files.json(
                "bundle.json",
                bundle ->
                        bundle.withObject("/inputs/0").putArray("shape").add(8).add(4));
        refusesBundle(
                Code.CONTENT,
                "bundle.json: input 'history' of shape [8, 4] has 3 features, it takes 32, or 4 sequences. Write the"
                        + " bundle again.");
        files.json(
                "bundle.json",
                bundle -> bundle.withObject("/inputs/0")
                        .putArray("shape")
                        .add(1_000_000)
                        .add(3));
        refusesBundle(
                Code.CONTENT,
                "normalizer.json: means has 27 values, the bundle has 3000003 inputs. Write the bundle again.");
        files.json(
                "bundle.json",
                bundle -> bundle.withObject("/inputs/0")
                        .putArray("shape")
                        .add(1_000_000)
                        .add(1_000_000));
        refusesBundle(
                Code.JSON,
                "bundle.json: inputs.0.shape is [1000000, 1000000], which is more than 10000000 values. Write the bundle"
                        + " again.");
        files.json(
                "bundle.json",
                bundle ->
                        bundle.withObject("/inputs/0").putArray("shape").add(-8).add(-3));
        refusesBundle(
                Code.JSON,
                "bundle.json: inputs.0.shape is [-8, -3], every dimension is from 1 to 10000000. Write the bundle again.");
    }

    private void change(UnaryOperator<String> change) {
        String before = new String(files.get(JSON), StandardCharsets.UTF_8);
        files.text(JSON, change);
        assertThat(new String(files.get(JSON), StandardCharsets.UTF_8)).isNotEqualTo(before);
    }

    private void read() {
        new BundleReader().read(files.directory(work.resolve("hostile")));
    }

    private void refuses(Code code, String message) {
        refusesBundle(code, JSON + ": " + message);
    }

    private void refusesBundle(Code code, String message) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        ModelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessage("bundle " + work.resolve("hostile") + ": " + message);
    }
}
